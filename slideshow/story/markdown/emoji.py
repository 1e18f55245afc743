"""The names of emoji on GitHub, GitLab and Slack, such as ``:rocket:``."""

from __future__ import annotations

import unicodedata

VARIANT = "\ufe0f"  # makes a sign of text an emoji

# Most names are Unicode's own, or its beginning; these are not.
_OTHERS = """
+1=👍 -1=👎 thumbsup=👍 thumbsdown=👎 tada=🎉 boom=💥 zap=⚡ star=⭐ star2=🌟 heart=❤️
white_check_mark=✅ heavy_check_mark=✔️ check=✔️ x=❌ bulb=💡 book=📖 mag=🔍 gift=🎁
pencil=📝 art=🎨 tools=🛠️ hammer_and_wrench=🛠️ computer=💻 iphone=📱 phone=☎️ email=📧
date=📅 house=🏠 school=🏫 world_map=🗺️ sunny=☀️ earth_africa=🌍 checkered_flag=🏁
exclamation=❗ question=❓ information_source=ℹ️ rotating_light=🚨 stop_sign=🛑
arrow_right=➡️ arrow_left=⬅️ arrow_up=⬆️ arrow_down=⬇️ point_right=👉 point_left=👈
point_up=☝️ point_down=👇 wave=👋 clap=👏 pray=🙏 muscle=💪 raised_hands=🙌 ok_hand=👌
smile=😄 smiley=😃 grin=😁 grinning=😀 laughing=😆 joy=😂 blush=😊 wink=😉 sob=😭 cry=😢
innocent=😇 sunglasses=😎 thinking=🤔 sweat_smile=😅 slightly_smiling_face=🙂
heart_eyes=😍 shipit=🐿️ see_no_evil=🙈 poop=💩 beers=🍻 coffee=☕ cake=🍰 trophy=🏆
"""
_BY_NAME = dict(pair.split("=") for pair in _OTHERS.split())


def emoji_of(name: str) -> str:
    """Look up an emoji by its name between colons; empty if there is none."""
    if name in _BY_NAME:
        return _BY_NAME[name]
    words = name.replace("_", " ").upper()
    for full in (
        words,
        f"{words} SIGN",
        f"{words} SYMBOL",
        f"{words} FACE",
        f"LARGE {words}",
        f"SQUARED {words}",
    ):
        try:
            found = unicodedata.lookup(full)
        except KeyError:
            continue
        if unicodedata.category(found) == "So":
            return found if found >= "\U0001f000" else found + VARIANT
    return ""
