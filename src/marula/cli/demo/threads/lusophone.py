"""Em português, e um pouco de italiano."""

from marula.cli.demo.words import ballot, say

THREADS = (
    say(
        "joana",
        "A polva do tanque 3 aprendeu a abrir a tampa. Agora abre também a do tanque 4, para visitas. #oceano #ciência",
        say("thiago", "Vizinhança boa é assim."),
        say("joana", "Leva sempre uma concha de presente. Não estou a inventar."),
        say("tama", "Room 6 asks if she can be pen friends with Kevin.", language="en"),
        say("joana", "She would love that. Kevin should know she is a predator, though.", language="en"),
        say("tama", "We will handle this delicately.", language="en"),
        pinned=True,
    ),
    say(
        "joana",
        "Hoje caiu-me o telemóvel ao mar. Foi devolvido por um mergulhador, sem bateria e com um búzio.",
        say("dimitra", "The sea charges interest.", language="en"),
    ),
    say(
        "joana",
        "Pergunta importante: o pastel de nata leva canela?",
        say("thiago", "Leva, e café do lado."),
        say("linh", "I would walk 55 minutes in the rain for one.", language="en"),
        poll=ballot("Leva", "Não leva", "Leva dois pastéis", days=5),
    ),
    say(
        "thiago",
        "O vizinho bateu na porta às dez da noite. Achei que era reclamação da sanfona. Era para pedir bis. #forró",
        say("joana", "E tocaste?"),
        say("thiago", "Até meia-noite. Agora o prédio inteiro sabe a letra."),
        say("budi", "I need your neighbours.", language="en"),
        pinned=True,
    ),
    say(
        "thiago",
        "Aluno de sete anos: «Professor, a sanfona respira?» Respira, sim. E às vezes suspira. #música",
        say("marco", "Anche il coro, prima dell'attacco.", language="it"),
        say("maren", "Der Hauptmotor auch.", language="de"),
    ),
    say("thiago", "Domingo no Recife: mar, chuva de dez minutos, mar, bolo de rolo, rede. Repetir se necessário."),
    say(
        "marco",
        "Stamattina 14 kg di tortellini. La nonna ne ha guardato uno e ha detto: «Quasi.» #cucina",
        say("nino", "That is the highest mark in any grandmother's system.", language="en"),
        say("marco", "Lo so. Lo incornicio."),
        say("lucia", "Mi abuela decía «se puede comer». Ovación cerrada.", language="es"),
    ),
    say(
        "marco",
        "Prova del coro: i tenori hanno trovato la nota. Il gatto del sagrestano ha trovato il leggio. #coro",
        say("thiago", "Chi dirigeva alla fine?", language="it"),
        say("marco", "Il gatto. In quattro."),
    ),
    say(
        "marco",
        "Chi mette la panna nella carbonara può farlo, in silenzio, a casa sua.",
        say("amelie", "Je chuchote que je n'ai rien vu.", language="fr"),
        warning="opinioni sulla pasta",
    ),
)
