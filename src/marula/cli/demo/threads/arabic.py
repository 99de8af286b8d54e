"""بالعربية."""

from marula.cli.demo.words import ballot, say

THREADS = (
    say(
        "layla",
        "سألني طالب: لماذا لا تسقط النجوم؟ قلت: هي تسقط فعلًا، لكن في كل الاتجاهات معًا. ساد الصمت ثم قال "
        "أحدهم: وأنا أيضًا. "
        "#فلك",
        say("yusuf", "هذا الطالب شاعر، فلا تخبريه بعد."),
        say("layla", "أخبرته. طلب درجة إضافية."),
        pinned=True,
    ),
    say(
        "layla",
        "الليلة زحل واضح فوق البحر. التلسكوب على السطح، والشاي على الطريق، والجيران على السلّم. #فلك",
        say("yusuf", "احجزي لي مكانًا من عمّان."),
        say("aksel", "Clouds here. Please describe the rings.", language="en"),
        say("layla", "Like a hat that is very proud of itself.", language="en"),
    ),
    say(
        "layla",
        "ما أوّل شيء تبحثون عنه في السماء؟",
        say("yusuf", "القمر، ثم موعد النوم."),
        say("callum", "Rain.", language="en"),
        poll=ballot("القمر", "الدب الأكبر", "طائرة فيها أحد أعرفه", "الغيوم", days=5),
    ),
    say(
        "yusuf",
        "بعد سنة من تعلّم العود صرت أعزف مقطوعة كاملة. القطة بقيت في الغرفة حتى النهاية. #موسيقى",
        say("layla", "هذا أصعب جمهور في المدينة، مبروك!"),
        say("thiago", "Parabéns! Gato não mente.", language="pt"),
    ),
    say(
        "yusuf",
        "زبون طلب «قهوة هادئة». أعطيته فنجانًا وكرسيًّا عند النافذة. عاد في اليوم التالي. #قهوة",
        say("lucia", "Yo quiero una de esas a las cuatro de la mañana.", language="es"),
        say("yusuf", "الكرسي محجوز باسمك."),
    ),
    say("yusuf", "صباح الخير. رائحة التحميص وصلت إلى نهاية الشارع، والشارع كلّه وصل إلى الباب."),
    say(
        "layla",
        "أجمل ما قيل لي هذا الأسبوع: «يا آنسة، السماء واجب منزلي جميل».",
        say("tama", "Stealing this for Room 6, with credit.", language="en"),
        reach="unlisted",
    ),
)
