"""En español."""

from marula.cli.demo.words import ballot, say

THREADS = (
    say(
        "lucia",
        "Turno de noche: siete cafés, dos sustos, una señora de 92 años que me enseñó a bailar sevillanas "
        "en el pasillo. "
        "#turnodenoche",
        say("rosa", "¡Que viva la señora!"),
        say("thiago", "Ela aceita alunos?", language="pt"),
        say("lucia", "Dice que sí, pero que traigas zapatos de verdad."),
        pinned=True,
    ),
    say(
        "lucia",
        "He salido del hospital y estaba amaneciendo rosa y naranja, como si alguien hubiera limpiado el cielo.",
        say("layla", "Sunrise after a night of stars. The best shift change.", language="en"),
        say("rosa", "Ese color se llama «por fin»."),
    ),
    say(
        "lucia",
        "El gazpacho, ¿con pepino o sin pepino? Pregunto por una familia que ya no se habla.",
        say("ximena", "En mi casa ni se pregunta. Sin."),
        say("mateo", "Desde Rosario observamos con respeto y un choripán."),
        say("lucia", "Ganan los de siempre. Mañana hablo con mi tía."),
        poll=ballot("Con pepino", "Sin pepino", "Eso es salmorejo", days=3),
    ),
    say(
        "mateo",
        "Hoy entró una bici de 1951. La dueña tiene 88 y pregunta si puede seguir usándola para ir a buscar "
        "el pan. Sí, "
        "señora. #bici",
        say("lucia", "Y que le ponga un timbre bueno."),
        say("mateo", "Le puse el mejor. Lo probó seis veces en el local.", say("rosa", "Siete habrían sido pocas.")),
        say("piotr", "Good owners make good machines.", language="en"),
    ),
    say(
        "mateo",
        "Tabla de ruidos: clic = pedal. Tac = caja. Ñiiiic = freno. Silencio = preocupate.",
        say("kwame", "I need this poster for radios.", language="en"),
        say("maren", "Bei uns hängt das im Maschinenraum, nur länger.", language="de"),
    ),
    say(
        "mateo",
        "Llueve en Rosario, así que hoy hay mate, tortas fritas y cámaras pinchadas. En ese orden. #mate",
        say("baptiste", "Il pleut à Brest aussi. Solidarité.", language="fr"),
    ),
    say(
        "ximena",
        "Se abrió el horno. De doce piezas salieron once y una sorpresa. La sorpresa es la más bonita. #cerámica",
        say("rosa", "¿La vendes o te la quedas?"),
        say("ximena", "Se queda. Ya tiene nombre: Refugio."),
        say("lenka", "It is always the surprise.", language="en"),
    ),
    say(
        "ximena",
        "Mi abuela prueba el barro con la lengua. Dice que hoy está triste. Esperamos a mañana.",
        say("nino", "My grandmother does this with flour.", language="en"),
        say("arjun", "Mine with the sea.", language="en"),
    ),
    say(
        "rosa",
        "Terminé la escalera de la calle Templeman: 84 peldaños, 12 azules distintos y un gato que exigió aparecer. "
        "#arte #Valparaíso",
        say("ximena", "¿En qué peldaño está el gato?"),
        say("rosa", "En el 33. Se acuesta encima de sí mismo."),
        say("meilin", "Highest praise an artist can get.", language="en"),
        pinned=True,
    ),
    say(
        "rosa",
        "¿De qué color pinto la próxima?",
        say("mateo", "Amarillo bicicleta."),
        say("lucia", "Rosa y naranja, como el amanecer de la otra mañana."),
        poll=ballot("Amarillo", "Verde mar", "Rosa y naranja", "Todos", days=6, multiple=True),
    ),
    say("rosa", "Vivir en Valparaíso es tener piernas fuertes y pan tibio cuando por fin llegas arriba."),
    say(
        "lucia",
        "Día libre. Plan: nada. Estado del plan: en marcha.",
        say("mateo", "Gestión impecable."),
        reach="unlisted",
    ),
)
