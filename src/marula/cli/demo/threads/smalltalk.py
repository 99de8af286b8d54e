"""Greetings, questions and evenings."""

from marula.cli.demo.words import say

THREADS = (
    say(
        "walter",
        "Hello. Is this on",
        say("juno", "Loud and clear, Walter! Welcome. 👋"),
        say("aoife", "Céad míle fáilte! The dogs say hello too."),
        say("walter", "Well that is nice. I will come back tomorrow"),
        say("tama", "Room 6 has learned about Minnesota because of you. We would like to know about the rooster."),
    ),
    say(
        "walter",
        "The grandson says a hashtag is the number sign. We called it the pound sign. #lunch",
        say("arjun", "Walter that is a perfect hashtag. What was lunch?"),
        say("walter", "#sandwich"),
    ),
    say(
        "walter",
        "I have been here three weeks and nobody has been rude to me. I keep checking",
        say("callum", "I could try, but you would have to wait until the weather turns."),
        say("dimitra", "Come to the harbour. The cats will be rude to you."),
        say("priya", "Working as intended."),
        pinned=True,
    ),
    say(
        "juno",
        "#introduction I fix typewriters, fold zines, and write letters to people I've never met. Say hi and I may owe "
        "you a postcard.",
        say("rosa", "Hi! I'll trade you a painted one.", language="en"),
        say("kenji", "I would like to exchange a haiku for a postcard.", language="en"),
        say("juno", "Deal, deal. This is going very well."),
        pinned=True,
    ),
    say(
        "tama",
        "Today's spelling test included 'necessary'. Nobody got it right, including, it turns out, me.",
        say("amelie", "Une chemise: un col, deux manches. One c, two s! It works in English too.", language="fr"),
        say("tama", "Teaching this tomorrow in both languages."),
    ),
    say(
        "dimitra",
        "What is the best sound in the world? Wrong answers welcome.",
        say("kwame", "The click of a good switch."),
        say("ruby", "Penguins arguing under your floor at 3 am."),
        say("baptiste", "La corne de brume, quand on est au lit."),
        say("haruka", "焼きたてのパンがパチパチいう音。"),
        say("thandi", "Hive humming in E flat."),
        say("budi", "The last gong. You feel it in your teeth."),
        say("walter", "The garage door when everyone is home"),
    ),
    say(
        "nino",
        "My neighbour is 84 and has started to learn the saxophone. We all support him, from a growing distance.",
        say("thiago", "Com um ano melhora. Com dois o prédio dança.", language="pt"),
        say("sigrun", "Tell him it is brave. Then close the window."),
    ),
    say(
        "callum",
        "Wrote a postcard to myself from the far end of the round. Delivered it this morning. It said 'nice legs'.",
        say("juno", "First class service."),
    ),
    say(
        "ruby",
        "Things in my pockets after fieldwork: 2 pencils, 1 torch, sand, a note that says 'GARY??'",
        say("juno", "Gary merch when"),
        say("ruby", "Gary declined to comment."),
    ),
    say(
        "piotr",
        "My daughter drew our family as cars. I am the van. I have never felt so seen.",
        say("mateo", "¿Y el mate dónde va?"),
        say("marco", "Being the van is an honour. The van carries everyone.", language="en"),
    ),
    say(
        "thandi",
        "Rain at last! Stood in it like a fool. Highly recommended.",
        say("priya", "We saved you some from Pune, glad it arrived."),
        say("baptiste", "Il nous en reste, si besoin.", language="fr"),
    ),
    say(
        "aksel",
        "Reading in the tent by headlamp. Someone outside is breathing heavily. It is a sheep. It is always a sheep.",
        say("aoife", "Is it one of mine? I am missing none, but I have stopped trusting the count."),
    ),
    say(
        "priya",
        "Good morning to everyone, and especially to the two new flowers on plant six.",
        say("ximena", "¡Buenos días, flores!"),
        say("haruka", "おはようございます、お花さん。"),
        say("walter", "Good morning. Is plant six the one by the rail"),
        say("priya", "It is! You remembered!"),
    ),
    say(
        "linh",
        "If you could eat one breakfast with someone from this server, what is on the table?",
        say("meilin", "Your rain noodles. I would bring the umbrella."),
        say("yusuf", "Foul, hot bread, and very good coffee, naturally.", language="en"),
        say("etienne", "Des crêpes. La question du sirop ne se pose pas.", language="fr"),
        say("maren", "Frische Brötchen um vier Uhr früh, im Maschinenraum. Da ist es warm.", language="de"),
        say("rosa", "Marraqueta con palta, mirando los barcos.", language="es"),
    ),
    say(
        "juno",
        "I told a stranger on the bus about Gary the penguin. She knew about Gary.",
        say("ruby", "Gary's reach is astonishing and he still won't pick a burrow."),
        reach="unlisted",
    ),
    say(
        "aoife",
        "The end of the film with the dog: the dog is fine. The dog is FINE. I checked before so that you "
        "don't have to.",
        say("elina", "A public service."),
        warning="film ending",
    ),
)
