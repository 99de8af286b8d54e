"""En français."""

from marula.cli.demo.words import ballot, say

THREADS = (
    say(
        "amelie",
        "Un lecteur a rendu un livre avec 34 ans de retard et une boîte de chocolats. Amende annulée. Chocolats "
        "examinés. #lecture",
        say("baptiste", "Quel livre ?"),
        say("amelie", "« Comment gagner du temps ».", say("baptiste", "Il en a gagné beaucoup.")),
        say("juno", "Perfect. No notes.", language="en"),
        pinned=True,
    ),
    say(
        "amelie",
        "Virgule dort sur le dictionnaire, Point-Virgule hésite. #chats",
        say("meilin", "May I draw them? Please say yes.", language="en"),
        say("amelie", "Elles exigent un portrait officiel. Et du thon."),
    ),
    say(
        "amelie",
        "Entendu au comptoir : « Je cherche un livre, il est bleu. » Trouvé en quatre minutes. C'est un métier.",
        say("joana", "Comme les dauphins: « il est gris ».", language="fr"),
        say("lucia", "En urgencias: «me duele aquí». Por teléfono.", language="es"),
    ),
    say(
        "baptiste",
        "Trois heures sous la pluie pour une photo de phare. Au développement : un goéland, très net, devant le phare. "
        "#Bretagne #phares",
        say("dimitra", "The gull knew exactly what it was doing.", language="en"),
        say("etienne", "Il faut l'encadrer. Le goéland, pas la photo."),
    ),
    say(
        "baptiste",
        "Question sérieuse : beurre salé ou beurre demi-sel ?",
        say("amelie", "Je suis lyonnaise, je préfère ne pas être citée."),
        say("maren", "Gesalzen. Wir sind am Meer.", language="de"),
        say("baptiste", "Le quatrième choix est un piège. J'ai vu qui a voté."),
        poll=ballot("Salé", "Demi-sel", "Les deux, en couches", "Doux", days=4),
    ),
    say(
        "baptiste",
        "Ce matin la mer avait la couleur d'un vieux jean. Ce soir aussi, mais repassé.",
        say("ximena", "Ese azul lo busco yo para un esmalte desde hace años.", language="es"),
    ),
    say(
        "etienne",
        "La première neige est tombée sur l'érablière. J'ai salué chaque arbre, on va travailler ensemble. "
        "#hiver #érable",
        say("amelie", "Combien d'arbres ?"),
        say("etienne", "1 800. J'ai eu un peu mal à la main."),
        say("walter", "Which one is your favorite", language="en"),
        say("etienne", "Number 412. Don't tell the others.", language="en"),
    ),
    say("etienne", "Règle de la maison : le sirop va sur tout, sauf sur les lunettes. Appris ce matin."),
    say(
        "amelie",
        "Le silence d'une bibliothèque le lundi matin devrait être remboursé par la sécurité sociale.",
        say("lenka", "Ours has a squeaky floor. I carved around it.", language="en"),
        reach="unlisted",
    ),
)
