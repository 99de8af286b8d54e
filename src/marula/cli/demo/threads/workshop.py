"""Making, mending and writing programs."""

from marula.cli.demo.words import ballot, say

THREADS = (
    say(
        "priya",
        "Spent the day on a bug that only happened on Thursdays. It was the word 'Thursday'. It is one letter longer "
        "than we had made room for. #python",
        say("jiwoo", "수요일은 괜찮았나요? 😂"),
        say(
            "priya",
            "Wednesday is longer! It crashed too. Nobody noticed because nobody works on Wednesdays, apparently.",
        ),
        say("kwame", "This is why I like radios. Thursday sounds the same as any day."),
        say("juno", "Typewriters: nine letters, no problem, one bell."),
    ),
    say(
        "priya",
        "Rubber duck debugging, but it's a tomato plant. It has heard things. #python #gardening",
        say("tobias", "Meine Gurken wissen auch zu viel."),
        say("elina", "Does it answer?"),
        say("priya", "It leaned slightly towards the cache. It was the cache."),
    ),
    say(
        "priya",
        "What do you name your machines?",
        say("lenka", "My lathe is called Mister Novák. Formal relationship."),
        say("kwame", "The oscilloscope is Auntie. Auntie sees everything."),
        say("tobias", "Der Rasenmäher heißt Gisela.", say("maren", "Die Hauptmaschine an Bord auch!")),
        say("marco", "The pasta machine is Sofia and I am not the one who decided.", language="en"),
        poll=ballot(
            "After animals", "After food", "After people I admire", "server1, server2, …", days=4, multiple=True
        ),
    ),
    say(
        "kwame",
        "A 1962 valve radio came in with a note: 'Grandfather says it is only sleeping.' It was only sleeping. #radio",
        say("walter", "I had one of those. You could fry an egg on it and my brother did"),
        say("kwame", "What was wrong with the radio after?", say("walter", "It played only polka")),
        say("lenka", "Grandfather is right about most things."),
        pinned=True,
    ),
    say(
        "kwame",
        "Reached Finland on 5 watts and a wire in a mango tree. Good evening Tampere! #radio",
        say("elina", "Good evening! I was in the sauna, please try again in 20 minutes."),
        say("kwame", "Standing by. The mango tree is patient."),
    ),
    say(
        "kwame",
        "Today's repair: a toaster. It is not a radio but it did receive one station.",
        say("thandi", "Which one?"),
        say("kwame", "Gospel. Very crisp."),
    ),
    say(
        "lenka",
        "Carved a new head today. Gave him kind eyes. By the evening he had developed a smirk. I did not do "
        "that. #puppets",
        say(
            "ximena", "With clay it happens too. You come back after lunch and the jug has an attitude.", language="en"
        ),
        say("lenka", "Exactly. We only start them."),
        say("juno", "Every typewriter I open has somebody's crumbs and somebody's poem in it."),
    ),
    say(
        "lenka",
        "The theatre wants a dragon that fits in a tram. I asked how big the tram is. They asked how big "
        "the dragon is.",
        say("tobias", "Welche Linie? Das ist wichtig."),
        say("kenji", "I drove trams for three years. The dragon must stand behind the yellow line.", language="en"),
        say("lenka", "I am adding this to the contract."),
    ),
    say(
        "juno",
        "Fixed a 1938 portable today. The owner typed 'hello old friend' and I had to go and look at the "
        "shelf for a bit. "
        "#typewriters",
        say("amelie", "Je vais aussi regarder l'étagère un moment."),
        say("walter", "I learned on one like that. The E always jumped. It still does in my head"),
    ),
    say(
        "juno",
        "New zine is out: 'Twelve Benches'. One bench per page. Reviewed by how long I stayed. #zines",
        say("callum", "I have nominations for volume two. All of them have views and none of them are dry."),
        say("etienne", "Est-ce que le banc numéro sept est à l'ombre?"),
        say("juno", "Oui, until three o'clock, then you share it with a crow."),
    ),
    say(
        "ngozi",
        "Season 4, episode 6: toggles. A whole hour. My producer asked if I was all right. I have never been better. "
        "#podcast #sewing",
        say("sigrun", "Listened twice while knitting. You were too gentle with plastic toggles."),
        say("ngozi", "Come on the show and say that.", say("sigrun", "Name the day.")),
        say("juno", "The crossover of the year."),
    ),
    say(
        "ngozi",
        "A groom brought his grandfather's suit. We let out every seam by the width of one generation. It "
        "fits. #sewing",
        say("meilin", "Oh. That's a drawing. May I?"),
        say("ngozi", "Please. He would love it."),
        say("meilin", "Give me until Sunday."),
    ),
    say(
        "ngozi",
        "Buttonholes: by hand or by machine? Choose carefully, I will remember.",
        say("priya", "By git merge."),
        say("ngozi", "I will remember, Priya."),
        poll=ballot("By hand", "By machine", "Snaps", "What is a buttonhole", days=6),
    ),
    say(
        "jiwoo",
        "오늘의 버그: 주인공이 계단을 오를 때마다 고양이가 한 마리씩 늘어남. 고치지 않기로 했습니다. #게임개발",
        say("meilin", "Leave it in. It's the best feature.", language="en"),
        say("elina", "How many stairs are in the game?", language="en"),
        say("jiwoo", "Four hundred. 🐈", language="en"),
    ),
    say(
        "jiwoo",
        "데모 버전이 나왔어요! 40분짜리 게임인데 고양이를 쓰다듬으면 3시간입니다.",
        say("haruka", "３時間コースでお願いします。", language="ja"),
        say("elina", "Can confirm. I stopped at hour two because the sauna was ready."),
    ),
    say(
        "meilin",
        "Drew 31 breakfasts this month. Ate 29 of them cold because I was drawing. #illustration",
        say("arjun", "Next time start with the sandwich and end with the soup? No wait. Other way round."),
        say("meilin", "I have tried both. The tea is always cold."),
    ),
    say(
        "meilin",
        "The temple cat sat on the sketch of the temple cat. Improved the composition. #art",
        say("amelie", "Virgule fait la même chose avec les livres de la bibliothèque."),
    ),
    say(
        "budi",
        "Tuning a gong: you hammer for three days, then you listen for one, then your teacher says 'again'. #gamelan",
        say("thiago", "Com a sanfona é igual, mas o professor sou eu."),
        say("lenka", "How do you know when it is done?"),
        say("budi", "When the dog in the yard stops leaving."),
    ),
    say(
        "budi",
        "A tourist asked if we take requests. We played the one piece we know that is 40 minutes long.",
        say("marco", "The bravest request is the second one.", language="en"),
    ),
    say(
        "elina",
        "Game night: six people, four hours, one rulebook, two interpretations, no winner. Perfect evening. "
        "#boardgames",
        say("nino", "We have this too but it's called a supra and there is wine."),
        say("elina", "There was also wine."),
    ),
    say(
        "elina",
        "Needs settling. If the dice falls off the table:",
        say("piotr", "It counts if I like the number."),
        say("lenka", "It counts if a puppet saw it."),
        poll=ballot("It counts", "Roll again", "It counts if everyone saw it", "The cat has it now", days=2),
    ),
)
