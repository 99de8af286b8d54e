"""Auf Deutsch."""

from marula.cli.demo.words import ballot, say

THREADS = (
    say(
        "maren",
        "Heinrich ist heute Nacht aus dem Glas geklettert. Zwölf Stunden im warmen Maschinenraum waren dem "
        "Sauerteig wohl "
        "zu gemütlich. #Brot",
        say("tobias", "Hat er wenigstens einen Fahrschein gelöst?"),
        say("maren", "Schwarzfahrer. Strafe: 250 Grad, 50 Minuten."),
        say("haruka", "Heinrich sieht sehr gesund aus! 🍞 うちの酵母は「ハナ」といいます。"),
        pinned=True,
    ),
    say(
        "maren",
        "Um vier Uhr früh gehört die #Ostsee uns und den Möwen. Die Möwen wissen das.",
        say("baptiste", "Pareil à Brest. On leur paie un loyer.", language="fr"),
        say("aksel", "Hilsen fra Lofoten, same landlords.", language="en"),
    ),
    say(
        "maren",
        "Frage an die Runde: Was kommt auf frisches Roggenbrot?",
        say("tobias", "Butter und Schnittlauch aus Parzelle 47. Alles andere ist Angeberei."),
        say("piotr", "Smalec. With pickles. You knew I would say it.", language="en"),
        poll=ballot("Nur Butter", "Butter und Salz", "Käse", "Noch mehr Brot", days=3),
    ),
    say(
        "tobias",
        "Anschluss verpasst, dafür auf dem Bahnsteig einen Mann kennengelernt, der Kirchenglocken sammelt. "
        "Tonaufnahmen, "
        "zum Glück. #Eisenbahn",
        say("budi", "Please tell me he has the big ones.", language="en"),
        say("tobias", "Er hat die aus Erfurt. Er hat sie mir vorgespielt. Der ganze Bahnsteig hat zugehört."),
        say("maren", "Verspätung des Jahres."),
    ),
    say(
        "tobias",
        "Zucchinibilanz: Ernte 31, Familie 4, Nachbarn, die noch aufmachen: 1. #Garten",
        say("maren", "Ich fahre am Freitag Richtung Schweden, da ist noch Platz im Laderaum."),
        say("priya", "I would trade my one tomato for six of those.", language="en"),
        say("tobias", "Einverstanden. Die Post wird uns lieben. @callum, wie schwer darf ein Paket sein?"),
        say("callum", "Heavier than you'd hope. See: treadmill.", language="en"),
    ),
    say(
        "tobias",
        "Heute eine Stunde lang einer Dampflok beim Atmen zugehört. Besser als jeder Podcast. (Außer dem über Knöpfe.)",
        say("ngozi", "Correct and noted.", language="en"),
        say("kenji", "蒸気機関車の息、よくわかります。", language="ja"),
    ),
    say(
        "maren", "Der neue Azubi fragt, ob man Motoren hören kann, die sich einsam fühlen. Er bleibt. Er passt zu uns."
    ),
    say(
        "tobias",
        "Gartenregel Nr. 1: Wer »nur kurz gießen« sagt, ist drei Stunden weg.",
        say("maren", "Maschinenregel Nr. 1: Wer »nur kurz gucken« sagt, hat danach schwarze Ohren."),
        reach="unlisted",
    ),
)
