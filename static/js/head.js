// After a swap the head says what it would say had the page been loaded: htmx sees to the title.
document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  if (ctx.target.id !== "slide") return;
  const own = "link:is([rel=canonical], [rel=alternate], [rel=manifest]), meta[name=description], "
    + "meta[property], meta[name^=twitter], script[type='application/ld+json']";
  const [above] = ctx.text.split("</head>", 1);
  const next = new DOMParser().parseFromString(above, "text/html");
  document.head.querySelectorAll(own).forEach((element) => element.remove());
  document.head.append(...next.head.querySelectorAll(own));
});
