"""Cooking, baking and what went wrong."""

from marula.cli.demo.words import ballot, say

THREADS = (
    say(
        "priya",
        "Harvest report from the balcony: one (1) tomato. It was magnificent. There were speeches. #gardening",
        say("arjun", "What are you going to cook with it?"),
        say(
            "priya",
            "We ate it in slices, like civilised people, standing over the sink.",
            say("arjun", "Correct. That is the only recipe."),
        ),
        say("thandi", "If you want more, borrow some of my bees. They work for flowers."),
        pinned=True,
    ),
    say(
        "arjun",
        "Appam rule number one: the edges should be so thin you can read a postcard through them. #cooking #Kerala",
        say("linh", "Same rule here for bánh xèo! A crisp edge or it's just a sad pancake."),
        say("arjun", "We should start a union of crisp edges.", say("linh", "I'll bring the fish sauce.")),
        say("nino", "Khachapuri would like to join as an observer."),
    ),
    say(
        "arjun",
        "Tonight: fish curry, red rice, and a serious conversation with the pressure cooker about its attitude.",
        say("ngozi", "Whose side are we on?"),
        say("arjun", "Mine. It whistled nine times. I asked for three."),
    ),
    say(
        "nino",
        "Bread came out of the tone with a shape I can only describe as Portugal. Tasted great anyway. #bread",
        say("joana", "Obrigada, we are honoured. Is the Algarve crunchy?"),
        say("nino", "The Algarve is the best part."),
    ),
    say(
        "linh",
        "Walked 40 minutes in the rain for a bowl of mì Quảng. Rating: would walk 50. #food",
        say("meilin", "This is the only rating system I trust."),
        say("walter", "In Minnesota we have a hot dish like that but it stays in the car"),
    ),
    say(
        "thandi",
        "Honey question: what do you put it on that would surprise the rest of us?",
        say("maren", "Blue cheese on dark rye. Don't argue, try it.", language="en"),
        say("dimitra", "Fried potatoes. My aunt does it. Nobody may question her."),
        say("yusuf", "A drop in cardamom coffee. Only one drop.", language="en"),
        say("elina", "On a cold spoon, straight after sauna."),
        poll=ballot("Toast, obviously", "Cheese", "Porridge", "Straight from the jar", days=5),
    ),
    say(
        "walter",
        "Made the grandson's soup recipe. It said SEASON TO TASTE so I waited until fall",
        say("aoife", "Walter, this is the best post anyone has made here."),
        say("juno", "I have printed this and put it above the workbench."),
        say("walter", "Well now I don't know what to say. There is soup left if anyone is near Duluth"),
    ),
    say(
        "dimitra",
        "A tourist asked when the next ferry leaves. The cat on the timetable looked at him. He waited. #ferries #cats",
        say("kwame", "Did the ferry come?"),
        say("dimitra", "Eventually. The cat is never wrong, only early."),
    ),
    say(
        "linh",
        "Hot take: the best seat in any restaurant is the tiny plastic stool.",
        say("arjun", "The stool keeps you honest."),
        say("aksel", "My knees would like to disagree."),
        warning="food opinions",
    ),
    say(
        "ngozi",
        "Jollof is on the stove and three neighbours have suddenly remembered they need to borrow something.",
        say("kwame", "I also need to borrow something. I am only 400 kilometres away."),
        say("ngozi", "Kwame, we have talked about this. Bring your own pot.", say("kwame", "Already packed.")),
    ),
    say(
        "yusuf",
        "Small roast today, Ethiopian, smells like apricots and a good mood. Who drinks coffee after 6 pm?",
        say("lucia", "Night shift here. My 6 pm is at 4 am.", language="en"),
        say("priya", "I do. I regret it. I do it again."),
        language="en",
        poll=ballot("Never after noon", "One small one", "Always", "I am tea", days=7),
    ),
    say(
        "elina",
        "Karelian pasties: 30. Karelian pasties after the neighbours smelled them: 4.",
        say("sigrun", "You need thicker walls or worse neighbours."),
    ),
    say(
        "arjun",
        "Somebody asked whether I measure spices. Reader, I listen to them.",
        say("amelie", "The turmeric whispers, the mustard seeds applaud.", language="en"),
    ),
)
