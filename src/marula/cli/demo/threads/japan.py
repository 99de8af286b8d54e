"""日本語で。"""

from marula.cli.demo.words import ballot, say

THREADS = (
    say(
        "haruka",
        "今朝は四時から仕込み。外はまだ真っ暗、窓だけがパンの匂いで明るい気がします。 #パン #札幌",
        say("kenji", "始発の運転士もその窓を見ていますよ。"),
        say("haruka", "明日から始発の時間に一つ多く焼きますね。"),
        say("maren", "Guten Morgen aus dem Maschinenraum, gleiche Uhrzeit.", language="de"),
        pinned=True,
    ),
    say(
        "haruka",
        "新作のメロンパンに、常連のおじいさんが名前をつけてくれました。「満月」。採用です。",
        say("layla", "The moon approves.", language="en"),
        say("kenji", "満月を\n半分こして\n秋の駅"),
        say("haruka", "健二さん、それをお店に貼ってもいいですか。"),
    ),
    say(
        "haruka",
        "あんぱんはどちら派ですか。",
        say("kenji", "つぶあん。迷いなし。定刻どおり。"),
        say("jiwoo", "크림이요… 죄송합니다.", language="ko"),
        poll=ballot("つぶあん", "こしあん", "クリームパンです", days=4),
    ),
    say(
        "kenji",
        "踏切の\n向こうに待てる\n猫の影\n#俳句",
        say("haruka", "猫は定刻でしたか。"),
        say("kenji", "三分早着でした。"),
        say("tobias", "Pünktlicher als alles, was ich diese Woche gesehen habe.", language="de"),
    ),
    say(
        "kenji",
        "昔の同僚と始発に乗りました。二人とも、ブレーキのたびに足が動きます。 #鉄道",
        say("tobias", "Genau so fährt mein Vater Beifahrer.", language="de"),
        say("walter", "I still check mailboxes when we drive past", language="en"),
    ),
    say(
        "kenji",
        "雨の日は\n傘より先に\n猫が来る",
        say("meilin", "Drawing this one.", language="en"),
        say("kenji", "光栄です。猫にも伝えます。"),
    ),
    say("haruka", "初雪。お店の前に小さな雪だるまと、その隣に小さな食パン。どちらも誰が置いたかわかりません。"),
    say(
        "jiwoo",
        "길고양이가 작업실에 들어와서 키보드 위에 앉았습니다. 커밋 메시지: ㅁㄴㅇㄹㄹㄹㄹㄹ #게임개발",
        say("priya", "Most honest commit message I have seen this year.", language="en"),
        say("haruka", "猫さん、採用ですね。", language="ja"),
    ),
)
