// While one writes: shows what was saved, on the same slide, and says what is wrong with it.
(() => {
  const EVERY = 300; // ms
  const { version, state } = document.currentScript.dataset;
  const message = document.createElement("pre");
  message.id = "problems";
  message.role = "alert";

  const show = (problems) => {
    const text = problems.join("\n");
    if (message.textContent !== text) message.textContent = text;
    if (!text) message.remove();
    else if (!message.isConnected) document.body.append(message);
  };

  const look = async () => {
    try {
      const answer = await fetch(`${state}?path=${encodeURIComponent(location.pathname)}`);
      const now = await answer.json();
      if (now.version && now.version !== version) {
        location.reload();
        return;
      }
      show(now.problems);
    } catch {
      // The server is being started again.
    }
    setTimeout(look, EVERY);
  };
  look();
})();
