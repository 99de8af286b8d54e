"""The forty people of the community. All of them are invented."""

from marula.cli.demo.words import Person

GUIDE = "priya"
"""Whom the newcomer signs in as."""

PEOPLE = (
    Person(
        "priya",
        "Priya Deshmukh",
        "en",
        "Compilers by day, tomatoes by night. Pune 🇮🇳\nMy balcony has better uptime than my servers. "
        "#gardening #python",
        (("Balcony", "9 tomatoes, 2 chillies, 1 optimistic mango"), ("Pronouns", "she/her")),
    ),
    Person(
        "maren",
        "Maren Petersen",
        "de",
        "Schiffsmaschinistin auf der Fähre, Brotbäckerin an Land. Kiel.\nWenn es brummt, höre ich hin. #Brot #Ostsee",
        (("Sauerteig", "heißt Heinrich, geboren 2014"),),
    ),
    Person(
        "tobias",
        "Tobias 🚂",
        "de",
        "Fährt Bahn, um Bahn zu fahren. Schrebergarten in Dresden, Parzelle 47. Grüße an alle Verspäteten. #Eisenbahn",
    ),
    Person(
        "lenka",
        "Lenka Dvořáková",
        "en",
        "I carve puppets in Plzeň. Some of them have opinions. #puppets #woodworking",
        (("Open studio", "Thursdays, mind the shavings"),),
    ),
    Person(
        "amelie",
        "Amélie Roussel",
        "fr",
        "Bibliothécaire à Lyon. Deux chats, zéro étagère libre. Je chuchote en majuscules. #lecture #chats",
        (("Chats", "Virgule et Point-Virgule"),),
    ),
    Person(
        "baptiste",
        "Baptiste Le Goff",
        "fr",
        "Je photographie des phares et la pluie devant. Brest. Il fait beau plusieurs fois par jour. #Bretagne #phares",
    ),
    Person(
        "lucia",
        "Lucía Romero",
        "es",
        "Enfermera de noche en Sevilla. Bailo mal y con mucha convicción. #cocina #turnodenoche",
    ),
    Person(
        "mateo",
        "Mateo Giménez",
        "es",
        "Arreglo bicicletas en Rosario 🇦🇷 Si hace ruido, tiene arreglo. Si no hace ruido, desconfiá. #bici #mate",
        (("Taller", "Martes a sábado, hay mate"),),
    ),
    Person(
        "ximena",
        "Ximena Cruz",
        "es",
        "Alfarera en Oaxaca. El barro decide, yo nomás acompaño. #cerámica",
    ),
    Person(
        "joana",
        "Joana Figueiredo",
        "pt",
        "Bióloga marinha no Porto. Falo com polvos; eles não respondem, mas ouvem. #oceano #ciência",
    ),
    Person(
        "thiago",
        "Thiago Alencar",
        "pt",
        "Professor de música e sanfoneiro no Recife. Toco até o vizinho dançar. #forró #música",
        (("Aulas", "sanfona, paciência"),),
    ),
    Person(
        "haruka",
        "はるか",
        "ja",
        "札幌の小さなパン屋です。朝は早いけど、焼きたての匂いで許せます。 #パン #札幌",
        (("定休日", "月曜日"),),
    ),
    Person(
        "kenji",
        "森 健二",
        "ja",
        "元電車運転士。いまは俳句と散歩と猫。大阪。定刻が好き。 #俳句 #鉄道",
    ),
    Person(
        "layla",
        "ليلى منصور",
        "ar",
        "معلّمة فلك في الإسكندرية. أحبّ السماء حين تكون صافية، والشاي حين تغيم. #فلك",
    ),
    Person(
        "yusuf",
        "يوسف الحداد",
        "ar",
        "أحمّص القهوة في عمّان وأتعلّم العود ببطء شديد. #قهوة #موسيقى",
        (("المحمصة", "كل يوم إلا الجمعة"),),
    ),
    Person(
        "aoife",
        "Aoife Ní Bhriain",
        "en",
        "Sheepdog trainer outside Galway. The dogs are trained. The sheep are not. #dogs #Ireland",
        (("Dogs", "Fidget, Moss, and Himself"),),
    ),
    Person(
        "callum",
        "Callum the Post",
        "en",
        "Postie and hill walker in Lochaber. Delivers parcels, collects views. #hillwalking #Scotland",
    ),
    Person(
        "arjun",
        "Arjun Menon",
        "en",
        "Cook in Kochi. If it has coconut in it I have probably made it twice today. #cooking #Kerala",
        (("Currently perfecting", "appam edges"),),
    ),
    Person(
        "ngozi",
        "Ngozi Eze",
        "en",
        "Tailor in Lagos, host of a podcast about buttons. Yes, a whole podcast. Yes, season 4. #sewing #podcast",
    ),
    Person(
        "kwame",
        "Kwame Asante",
        "en",
        "I repair radios in Accra. Solder, patience, highlife. #radio #electronics",
        (("Frequency", "usually somewhere on 40 metres"),),
    ),
    Person(
        "wanjiru",
        "Wanjirũ Kamau",
        "en",
        "Leads bird walks around Nairobi. Will interrupt you mid-sentence for a hoopoe. #birds",
    ),
    Person(
        "thandi",
        "Thandi Mokoena",
        "en",
        "Beekeeper in the Free State. 60,000 colleagues, no meetings. #bees #honey",
        (("Hives", "14 and counting"),),
    ),
    Person(
        "sigrun",
        "Sigrún Jónsdóttir",
        "en",
        "Knits through winter, complains through summer. Akureyri. #knitting #Iceland",
        locked=True,
    ),
    Person("aksel", "Aksel Haugen", "en", "Sea kayak guide in Lofoten. Smells faintly of neoprene. #kayaking"),
    Person(
        "elina",
        "Elina Koskinen",
        "en",
        "Board games, sauna, board games in sauna (do not recommend the cards). Tampere. #boardgames #sauna",
    ),
    Person(
        "piotr", "Piotr Zieliński", "en", "Car mechanic, mushroom hunter. Kraków. Never shares locations. #mushrooms"
    ),
    Person("nino", "Nino Beridze", "en", "Bread from the tone, wine from the jar. Tbilisi. #bread #Georgia"),
    Person(
        "dimitra", "Dimitra Vlachou", "en", "Ticket booth at a small harbour in Crete. I know every cat. #ferries #cats"
    ),
    Person(
        "marco",
        "Marco Bentivoglio",
        "it",
        "Pasta fresca la mattina, coro la sera. Bologna. La nonna aveva ragione. #cucina #coro",
    ),
    Person("jiwoo", "지우", "ko", "서울에서 혼자 게임을 만듭니다. 고양이가 품질 관리 담당. #게임개발"),
    Person(
        "meilin", "美琳 Mei-Lin", "en", "Illustrator in Tainan. I draw breakfast and temple cats. #art #illustration"
    ),
    Person(
        "linh", "Linh Trần", "en", "Street food notebook from Đà Nẵng. Ranked by how far I'd walk in the rain. #food"
    ),
    Person(
        "budi", "Budi Santoso", "en", "Gamelan maker's apprentice in Yogyakarta. Loud job, quiet life. #gamelan #music"
    ),
    Person(
        "tama",
        "Tama Rāwiri",
        "en",
        "Primary school teacher by the sea, Gisborne. Room 6 has named the crab Kevin. #teaching #tidepools",
    ),
    Person(
        "ruby",
        "Ruby Callaghan",
        "en",
        "Counts penguins in Tasmania for science and for joy. #penguins",
        (("Penguins yesterday", "212"),),
    ),
    Person(
        "walter",
        "Walter Lindqvist",
        "en",
        "Retired. Minnesota. Grandson set this up. How do I turn off the capital lettErs",
    ),
    Person(
        "juno",
        "Juno Park",
        "en",
        "Typewriter repair and tiny zines. Portland, Oregon. The ribbon stains are permanent. #typewriters #zines",
        locked=True,
    ),
    Person("etienne", "Étienne Gagnon", "fr", "Acériculteur au Québec. Sirop, raquettes, patience. #érable #hiver"),
    Person("rosa", "Rosa Valdés", "es", "Pinto escaleras en Valparaíso. Subo mucho. Bajo cantando. #arte #Valparaíso"),
    Person(
        "heronfacts",
        "One heron fact a day",
        "en",
        "A small automatic account. Posts about herons. That is all it does, and it is enough. Run by @wanjiru",
        bot=True,
    ),
)
