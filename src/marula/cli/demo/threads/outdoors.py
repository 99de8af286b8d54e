"""Hills, water, birds, bees and weather."""

from marula.cli.demo.words import ballot, say

THREADS = (
    say(
        "callum",
        "Delivered a parcel to the last house up the glen. It was a treadmill. I carried it up a hill. #Scotland",
        say("aksel", "The universe has a sense of humour and it is a heavy one."),
        say("callum", "She gave me shortbread. We are even."),
        say("walter", "I was a mailman for 31 years. Once I delivered a rooster"),
        say("callum", "Walter, you cannot leave it there.", say("walter", "He was very polite about it")),
    ),
    say(
        "callum",
        "Four seasons on the same ridge before lunch. Wore the wrong jacket for all of them. #hillwalking",
        say("baptiste", "In Brest we call that a nice Tuesday.", language="en"),
        say("tama", "Do you want a spare? We have two lost-property boxes of jackets. All size seven years old."),
    ),
    say(
        "ruby",
        "212 penguins last night. 213 if you count the one who walked past me twice to look important. #penguins",
        say("wanjiru", "We count those too. We call them consultants."),
        say("joana", "Do they come back to the same burrow each time?"),
        say("ruby", "Mostly! Except Gary. Gary is exploring his options."),
        say("juno", "Team Gary."),
        pinned=True,
    ),
    say(
        "ruby",
        "Field notes: wind 30 knots, rain sideways, tea cold, penguins delighted.",
        say("sigrun", "They are dressed for it."),
    ),
    say(
        "wanjiru",
        "Bird walk this morning: 61 species, and a man who came for the exercise and left with binoculars. #birds",
        say("thandi", "They always think they can stop at one bird."),
        say("ruby", "Classic gateway: the lilac-breasted roller."),
        say("wanjiru", "It WAS the lilac-breasted roller.", say("ruby", "It always is.")),
    ),
    say(
        "wanjiru",
        "What got you to look up for the first time?",
        say("priya", "A kingfisher on the office air conditioner. Meeting cancelled by unanimous vote."),
        say("callum", "A buzzard that looked at my sandwich and then at me. I was nine. I shared."),
        say("meilin", "Swallows under the temple roof. My grandmother knew each nest."),
        say("dimitra", "Gulls. They stole my ice cream. I respect them now."),
        poll=ballot(
            "A bird of prey", "Something tiny and loud", "An owl, at night", "I have not looked up yet", days=7
        ),
    ),
    say(
        "heronfacts",
        "Herons can stand still for so long that frogs file complaints. #herons",
        say("elina", "I need a source on the frogs."),
        say("wanjiru", "Peer reviewed by frogs."),
    ),
    say("heronfacts", "A heron's neck folds into an S. The S stands for supper. #herons"),
    say("heronfacts", "Grey herons nest in colonies. The upstairs neighbours are also noisy. #herons"),
    say(
        "heronfacts",
        "Black herons make an umbrella with their wings to see fish better. They have never once lent it out. #herons",
        say("layla", "The most elegant hunter I know.", language="en"),
    ),
    say("heronfacts", "A group of herons may be called a siege. They feel this is a bit much. #herons"),
    say(
        "thandi",
        "A swarm moved into the old post box at the gate. The postman has been informed. The postman has "
        "resigned. #bees",
        say("callum", "Solidarity. I would deliver from the road, with a catapult."),
        say("thandi", "He comes to the window now. We have tea. The bees have the post box. Everyone gained."),
    ),
    say(
        "thandi",
        "Checked hive nine. Queen is well, brood is even, one worker inspected my glove for the full ten "
        "minutes. #bees",
        say("arjun", "Quality control."),
    ),
    say(
        "aksel",
        "Flat sea at five in the morning, paddled through a sky. Didn't want to make ripples. #kayaking",
        say("joana", "Any porpoises?"),
        say("aksel", "Two. They looked at my technique and left."),
        say("layla", "Which stars were still up?", language="en"),
        say("aksel", "None! It never got dark. I forgot what you do for a living, sorry."),
    ),
    say(
        "aksel",
        "Tour group of eight today. One capsized. Came up laughing. Asked to do it again. I like this job.",
        say("tama", "That is my entire class, every excursion."),
    ),
    say(
        "sigrun",
        "The volcano is quiet, the sheep are loud, the cardigan has two left sleeves. A normal week. #knitting",
        say("lenka", "Keep it. Somewhere there is a puppet with two left arms."),
        say("sigrun", "You are serious, aren't you.", say("lenka", "His name is Bořek and he is often cold.")),
        say("juno", "Please post Bořek in the cardigan."),
    ),
    say(
        "sigrun",
        "To those who asked: yes, you can knit during an earthquake. No, I do not recommend cables.",
        warning="small earthquake, everyone fine",
    ),
    say(
        "piotr",
        "Found a porcini the size of a steering wheel. Will not say where. Do not ask. #mushrooms",
        say("tobias", "Ist es in der Nähe von einem Bahnhof?", say("piotr", "Nice try.", language="en")),
        say("maren", "North or south of here?", language="en"),
        say("piotr", "Yes."),
        say("nino", "He told me. It is in the forest."),
    ),
    say(
        "piotr",
        "Customer: it makes a noise. Me: what noise? Customer does the noise. Perfectly. It was the wheel bearing.",
        say("mateo", "I also have clients who should be on the radio.", language="en"),
        say("kwame", "I diagnose by noise too. Static has accents."),
    ),
    say(
        "tama",
        "Room 6 update: Kevin the crab has moved to a larger shell. We held a housewarming. #tidepools #teaching",
        say("ruby", "What did you bring as a gift?"),
        say("tama", "A smaller shell, for guests. It was the children's idea."),
        say("joana", "This is better science teaching than most of my degree."),
        say("walter", "Tell Kevin congratulations from Duluth"),
        pinned=True,
    ),
    say(
        "tama",
        "A child asked whether the tide gets tired. I said I'd find out. Anyone?",
        say("joana", "It slows down by about two thousandths of a second per century. So: yes, a little."),
        say("layla", "And the Moon moves away 3.8 cm a year because of it. It is a long goodbye.", language="en"),
        say("tama", "I read both of these aloud. There was total silence. Then: 'poor tide.'"),
    ),
    say(
        "aoife",
        "Moss brought in twelve sheep today. We own eleven. #dogs",
        say("callum", "Overachiever."),
        say("aoife", "The neighbour came for her. The sheep did not want to leave."),
        say("piotr", "A good dog invests."),
    ),
    say(
        "aoife",
        "Fidget learned 'away to me' in a morning. It took me two years to learn it in school.",
        say("lenka", "Does Himself know any commands yet?"),
        say("aoife", "Himself knows all of them. He is considering his position."),
        say("dimitra", "So he is a cat."),
    ),
    say(
        "aoife",
        "Naming the new pup. Help.",
        say("juno", "Biscuit, so that shouting it across a field makes everyone hungry."),
        poll=ballot("Biscuit", "Thunder", "Deirdre", "Himself the Second", days=3),
    ),
    say(
        "etienne",
        "First frost on the sugar bush. The trees look like they are keeping a secret, and they are: it's syrup.",
        say("walter", "We had ours on Tuesday. I mean frost not syrup"),
        language="en",
    ),
)
