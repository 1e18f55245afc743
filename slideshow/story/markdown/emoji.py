"""The common names of emoji on GitHub, such as ``:rocket:``."""

from __future__ import annotations

import re

_NAMES = """
+1=👍 -1=👎 thumbsup=👍 thumbsdown=👎 tada=🎉 boom=💥 zap=⚡ star=⭐ star2=🌟
sparkles=✨ heart=❤️ fire=🔥 rocket=🚀 warning=⚠️ construction=🚧 white_check_mark=✅
heavy_check_mark=✔️ ballot_box_with_check=☑️ x=❌ bulb=💡 book=📖 books=📚 memo=📝
pencil=📝 pencil2=✏️ mag=🔍 mag_right=🔎 gift=🎁 art=🎨 hammer=🔨 wrench=🔧
hammer_and_wrench=🛠️ gear=⚙️ computer=💻 desktop_computer=🖥️ iphone=📱 phone=☎️
telephone=☎️ email=📧 envelope=✉️ date=📅 calendar=📆 house=🏠 office=🏢 school=🏫
hospital=🏥 world_map=🗺️ earth_africa=🌍 earth_americas=🌎 earth_asia=🌏
globe_with_meridians=🌐 checkered_flag=🏁 triangular_flag_on_post=🚩 exclamation=❗
question=❓ information_source=ℹ️ rotating_light=🚨 stop_sign=🛑 no_entry=⛔
no_entry_sign=🚫 arrow_right=➡️ arrow_left=⬅️ arrow_up=⬆️ arrow_down=⬇️ point_right=👉
point_left=👈 point_up=☝️ point_down=👇 wave=👋 clap=👏 pray=🙏 muscle=💪
raised_hands=🙌 ok_hand=👌 v=✌️ handshake=🤝 eyes=👀 smile=😄 smiley=😃 grin=😁
grinning=😀 laughing=😆 joy=😂 rofl=🤣 blush=😊 wink=😉 sob=😭 cry=😢 innocent=😇
sunglasses=😎 thinking=🤔 sweat_smile=😅 slightly_smiling_face=🙂 heart_eyes=😍
confused=😕 disappointed=😞 relieved=😌 hugs=🤗 upside_down_face=🙃 see_no_evil=🙈
beers=🍻 beer=🍺 coffee=☕ tea=🍵 cake=🍰 birthday=🎂 pizza=🍕 apple=🍎 trophy=🏆
dart=🎯 bug=🐛 bee=🐝 snail=🐌 snake=🐍 turtle=🐢 penguin=🐧 bird=🐦 cat=🐱 dog=🐶
fish=🐟 whale=🐳 octopus=🐙 crab=🦀 unicorn=🦄 panda_face=🐼 sunny=☀️ cloud=☁️
umbrella=☔ snowflake=❄️ rainbow=🌈 ocean=🌊 evergreen_tree=🌲 palm_tree=🌴 seedling=🌱
herb=🌿 four_leaf_clover=🍀 rose=🌹 sunflower=🌻 moon=🌔 full_moon=🌕 car=🚗 bus=🚌
bike=🚲 airplane=✈️ ship=🚢 boat=⛵ sailboat=⛵ anchor=⚓ lock=🔒 unlock=🔓 key=🔑
shield=🛡️ bell=🔔 loudspeaker=📢 mega=📣 speech_balloon=💬 thought_balloon=💭 link=🔗
paperclip=📎 pushpin=📌 round_pushpin=📍 clipboard=📋 package=📦 bookmark=🔖
chart_with_upwards_trend=📈 bar_chart=📊 file_folder=📁 open_file_folder=📂
page_facing_up=📄 scroll=📜 newspaper=📰 camera=📷 movie_camera=🎥 headphones=🎧
musical_note=🎵 guitar=🎸 microphone=🎤 hourglass=⌛ alarm_clock=⏰ stopwatch=⏱️
watch=⌚ battery=🔋 electric_plug=🔌 satellite=📡 robot=🤖 gem=💎 moneybag=💰 recycle=♻️
heavy_plus_sign=➕ 100=💯 green_heart=💚 blue_heart=💙 yellow_heart=💛 purple_heart=💜
test_tube=🧪 microscope=🔬 telescope=🔭 floppy_disk=💾 lipstick=💄 ambulance=🚑
"""
EMOJI = dict(pair.split("=") for pair in _NAMES.split())
_FIELD = re.compile(r"[ \t]*:([\w+-]{1,80}):[ \t]+\S")


def fields_escaped(text: str) -> str:
    """Escape the names in a list of fields, one above the other, that would become emoji."""
    lines = text.split("\n")
    names = [found[1] if (found := _FIELD.match(line)) else "" for line in lines]
    for place, name in enumerate(names):
        around = names[max(0, place - 1) : place] + names[place + 1 : place + 2]
        if name in EMOJI and any(around):
            lines[place] = lines[place].replace(":", "\\:", 1)
    return "\n".join(lines)
