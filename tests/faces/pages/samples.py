"""What each sample page is given: name → template and context, for every state that a page can be in."""

from markupsafe import Markup

from marula.faces.pages.worries import Worries
from tests.faces.pages.community import (
    BARE,
    DOMAIN,
    ELEPHANTS,
    ELEVEN,
    FRUIT,
    GLASS,
    LERATO,
    MIXED,
    PATIENCE,
    PHOTO,
    PLUMS,
    RADIO,
    SHADE,
    SMALL,
    SUNDAY,
    TIMELINE,
    TOMAS,
    VEILED,
    Entity,
)

CODE = "8sJx2Q_wnX0bq4r1eYV7mPzK3hTtLc9uAfDg5iRoNvE"
LETTER = """Hello ann,

open this link to confirm your address:
https://marula.example/confirm/abc

If this was not you, do nothing."""

RULES = [
    {"id": "1", "text": "Speak to people as you would at their table.", "hint": "", "translations": {}},
    {
        "id": "2",
        "text": "Warn before what can hurt.",
        "hint": "Violence, illness and spoilers go behind a content warning.",
        "translations": {},
    },
    {"id": "3", "text": "Describe your pictures.", "hint": "So that everybody can see them.", "translations": {}},
    {"id": "4", "text": "No advertising, no mass messages.", "hint": "", "translations": {}},
]

SITE: Entity = {
    "title": "Marula Valley",
    "domain": DOMAIN,
    "description": "A small place on the open social web for people who grow things, make things and talk about them.",
    "registrations": "open",
    "version": "0.1.0",
    "contact_email": "hello@marula.example",
}
MINE: Entity = {"me": LERATO}
APPS = [
    {"name": "Tusky", "runs_on": "Android", "url": "https://tusky.app"},
    {"name": "Ice Cubes", "runs_on": "iPhone, iPad, Mac", "url": "https://apps.apple.com/app/id6444915884"},
    {"name": "Elk", "runs_on": "any browser", "url": "https://elk.zone"},
]
SCOPES = [
    {
        "scope": "read",
        "text": "Read what you can read: your timelines, messages, lists and settings",
        "danger": False,
    },
    {"scope": "write:statuses", "text": "Post, edit and delete in your name", "danger": True},
    {"scope": "push", "text": "Send notifications to your device", "danger": False},
]
ONE_PAGE: Entity = {"newer": None, "older": None}
MIDDLE: Entity = {"newer": "?min_id=130", "older": "?max_id=101"}
REFUSED: Entity = {
    "terms": False,
    "values": {"username": "lerato", "email": "lerato@nowhere"},
    "errors": {
        "username": ["This name is taken."],
        "email": ["This does not look like an e-mail address."],
        "password": ["Use at least 8 characters."],
        "agreement": ["Please read the rules and agree to them."],
    },
}
FRESH: Entity = {"values": {}, "errors": {}}


def site(**changes: str | None) -> Entity:
    """A context in which the site differs."""
    return {"site": SITE | changes}


def everywhere(context: Entity) -> Entity:
    """What every page gets, and this context on top."""
    hidden = Markup('<input type="hidden" name="csrf_token" value="sample">')
    return {"site": SITE, "me": None, "csrf_input": hidden, "page_title": "Sample"} | context


def error(code: int, problem: str | None = None) -> tuple[str, Entity]:
    """The error page for a code."""
    return "error.html", {"status": code, "problem": problem, "request_id": "01JNA4" if code == 500 else None}


_LANDING: Entity = {
    "page_title": SITE["title"],
    "statuses": TIMELINE[:4],
    "stats": {"users": 412, "statuses": 18250, "active_month": 187},
    "rules": RULES,
    "contact": LERATO,
}
FILLS = "The disk for files will be full on 2027-01-04 if it goes on filling as it does."
_HOME: Entity = MINE | FRESH | {"statuses": TIMELINE, "pages": MIDDLE, "apps": APPS, "worries": Worries(3, FILLS)}
_SIGN_UP: Entity = FRESH | {"rules": RULES, "terms": True}
_CONSENT: Entity = MINE | {
    "app": {"name": "Tusky", "website": "https://tusky.app", "redirect_host": "tusky.app"},
    "scopes": SCOPES,
}

_PROGRAMS: Entity = {
    "programs": [
        {
            "id": "9",
            "name": "Tusky",
            "website": "https://tusky.app",
            "scopes": ["read", "write", "follow", "push"],
            "last_used_at": "2026-03-01T11:02:00.000Z",
        },
        {"id": "10", "name": "Rain bot", "website": None, "scopes": ["write:statuses"], "last_used_at": None},
    ],
    "usual": SCOPES,
    "narrow": [{"scope": "read:lists", "text": "See your lists and who is in them"}],
    "values": {"app_name": "", "scopes": ["read"]},
    "errors": {},
}

_ADDRESS: Entity = (
    MINE
    | FRESH
    | {
        "address": "ann@mail.example",
        "waiting": None,
        "values": {"email": ""},
        "done": None,
    }
)
_NEW_PASSWORD: Entity = {"state": "open", "token": CODE, "username": "lerato", "errors": {}}

PAGES: dict[str, tuple[str, Entity]] = {
    "landing": ("landing.html", _LANDING),
    "landing-approved": ("landing.html", _LANDING | site(registrations="approved", contact_email=None) | {"rules": []}),
    "landing-empty": (
        "landing.html",
        _LANDING
        | site(registrations="none")
        | {"statuses": [], "contact": None, "stats": {"users": 1, "statuses": 1, "active_month": 0}},
    ),
    "landing-member": ("landing.html", _LANDING | MINE),
    "sign-up": ("sign_up.html", _SIGN_UP),
    "sign-up-refused": (
        "sign_up.html",
        _SIGN_UP | REFUSED | {"errors": REFUSED["errors"] | {"base": ["Too many sign-ups from your network."]}},
    ),
    "sign-up-approved": ("sign_up.html", _SIGN_UP | site(registrations="approved") | {"rules": []}),
    "sign-up-closed": ("sign_up.html", _SIGN_UP | site(registrations="none")),
    "sign-up-mail": ("sign_up_done.html", {"state": "confirm_email", "address": "ann@mail.example"}),
    "sign-up-waits": ("sign_up_done.html", {"state": "pending_approval", "address": "ann@mail.example"}),
    "sign-in": ("sign_in.html", {"values": {}, "error": None}),
    "sign-in-refused": (
        "sign_in.html",
        {"values": {"login": "lerato"}, "error": "The password does not fit this name. Check both and try again."},
    ),
    "password": ("password.html", MINE | {"errors": {}, "done": False}),
    "password-refused": (
        "password.html",
        MINE | {"errors": {"current": ["This is not your present password."]}, "done": False},
    ),
    "password-done": ("password.html", MINE | {"errors": {}, "done": True}),
    "address": ("address.html", _ADDRESS),
    "address-refused": (
        "address.html",
        _ADDRESS | {"values": {"email": "lerato@"}, "errors": {"email": ["Is invalid."], "current": ["Not this one."]}},
    ),
    "address-waits": ("address.html", _ADDRESS | {"waiting": "new@mail.example", "done": "asked"}),
    "address-changed": ("address.html", _ADDRESS | {"done": "changed"}),
    "forgotten": ("forgotten.html", {"values": {"email": ""}, "errors": {}}),
    "forgotten-refused": ("forgotten.html", {"values": {"email": "lerato"}, "errors": {"email": ["Is invalid."]}}),
    "forgotten-sent": ("forgotten_sent.html", {"address": "ann@mail.example", "mails": True}),
    "forgotten-no-mail": ("forgotten_sent.html", {"address": "ann@mail.example", "mails": False}),
    "new-password": ("new_password.html", _NEW_PASSWORD),
    "new-password-refused": ("new_password.html", _NEW_PASSWORD | {"errors": {"password": ["Is too short."]}}),
    "new-password-done": ("new_password.html", _NEW_PASSWORD | {"state": "done"}),
    "new-password-over": ("new_password.html", _NEW_PASSWORD | {"state": "over"}),
    "sign-out": ("sign_out.html", MINE),
    "confirmed": ("confirmed.html", {"state": "confirmed"}),
    "confirmed-waits": ("confirmed.html", {"state": "pending_approval"}),
    "confirmed-late": ("confirmed.html", {"state": "expired"}),
    "setup": ("setup.html", FRESH),
    "setup-refused": ("setup.html", REFUSED),
    "setup-used": ("setup_used.html", {}),
    "authorize": ("authorize.html", _CONSENT),
    "authorize-oob": (
        "authorize.html",
        _CONSENT | {"app": {"name": "toot <script>", "website": None, "redirect_host": None}},
    ),
    "authorize-code": (
        "authorize_code.html",
        MINE | {"app": {"name": "toot"}, "code": CODE},
    ),
    "authorize-error": (
        "authorize_error.html",
        {"error": "invalid_redirect_uri", "explanation": "The address it wants to return to is not one it registered."},
    ),
    "interaction-account": (
        "interaction_account.html",
        MINE | {"account": LERATO, "state": "none", "uri": "lerato@far"},
    ),
    "interaction-asked": ("interaction_account.html", MINE | {"account": LERATO, "state": "requested", "uri": "x"}),
    "interaction-following": ("interaction_account.html", MINE | {"account": LERATO, "state": "following", "uri": "x"}),
    "interaction-own": ("interaction_account.html", MINE | {"account": LERATO, "state": "own", "uri": "x"}),
    "interaction-post": ("interaction_post.html", MINE | {"status": FRUIT}),
    "home": ("home.html", _HOME),
    "home-empty": (
        "home.html",
        _HOME
        | {"statuses": [], "pages": ONE_PAGE, "apps": [], "me": BARE, "worries": Worries()}
        | {
            "values": {"text": "", "spoiler_text": "Food", "visibility": "private"},
            "errors": {"text": ["Write something first."]},
        },
    ),
    "profile": ("profile.html", {"account": LERATO, "pinned": [FRUIT], "statuses": TIMELINE, "pages": MIDDLE}),
    "tag": (
        "tag.html",
        {"tag": "#Tea", "owner": None, "address": "https://m.example/tags/tea", "statuses": TIMELINE, "pages": MIDDLE},
    ),
    "tag-of-one": (
        "tag.html",
        {
            "tag": "#Tea",
            "owner": LERATO,
            "address": "https://m.example/@lerato/tagged/tea",
            "statuses": [],
            "pages": {"newer": None, "older": None},
        },
    ),
    "profile-plain": (
        "profile.html",
        MINE | {"account": BARE | {"noindex": True, "moved": TOMAS}, "pinned": [], "statuses": [], "pages": ONE_PAGE},
    ),
    "profile-suspended": (
        "profile.html",
        {"account": RADIO | {"suspended": True}, "pinned": [], "statuses": [], "pages": ONE_PAGE},
    ),
    "profile-memorial": (
        "profile.html",
        {"account": TOMAS | {"memorial": True}, "pinned": [], "statuses": [PHOTO], "pages": ONE_PAGE},
    ),
    "document": (
        "document.html",
        {"content": Markup("<h2>What is kept</h2><p>Little.</p>"), "written": None, "begins": None, "ends": None},
    ),
    "collection": (
        "collection.html",
        {
            "collection": {
                "name": "People who mend",
                "description": "Radios, clothes, fences.",
                "discoverable": True,
                "tag_name": "mending",
                "tag_display": "Mending",
            },
            "owner": LERATO,
            "people": [TOMAS, RADIO],
        },
    ),
    "post": (
        "post.html",
        {
            "status": FRUIT,
            "ancestors": [],
            "descendants": [ELEVEN, PATIENCE, GLASS, SUNDAY, PLUMS, ELEPHANTS, SHADE],
        },
    ),
    "embed": ("embed.html", {"status": PHOTO}),
    "post-reply": ("post.html", MINE | {"status": PATIENCE, "ancestors": [FRUIT, ELEVEN], "descendants": [GLASS]}),
    "post-mixed": ("post.html", {"status": MIXED, "ancestors": [], "descendants": []}),
    "post-veiled": ("post.html", {"status": VEILED, "ancestors": [], "descendants": []}),
    "post-card-small": ("post.html", {"status": SMALL, "ancestors": [], "descendants": []}),
    "post-pictures": ("post.html", {"status": PHOTO, "ancestors": [], "descendants": []}),
    "outbox": (
        "outbox.html",
        MINE
        | {
            "mails": [
                {
                    "to": "ann@mail.example",
                    "subject": "Confirm your address for Marula Valley",
                    "created_at": "2026-03-01T11:02:00.000Z",
                    "text": LETTER,
                    "links": ["https://marula.example/confirm/abc"],
                }
            ]
        },
    ),
    "sign-ups": (
        "sign_ups.html",
        MINE
        | {
            "waiting": [
                {
                    "id": "7",
                    "username": "nala",
                    "email": "nala@mail.example",
                    "created_at": "2026-03-01T11:02:00.000Z",
                    "reason": "I bake, and my neighbours are here.",
                },
                {
                    "id": "8",
                    "username": "otto",
                    "email": "otto@mail.example",
                    "created_at": "2026-03-01T12:30:00.000Z",
                    "reason": "",
                },
            ]
        },
    ),
    "sign-ups-empty": ("sign_ups.html", MINE | {"waiting": []}),
    "programs": ("programs.html", MINE | _PROGRAMS),
    "programs-refused": (
        "programs.html",
        MINE
        | _PROGRAMS
        | {"programs": [], "values": {"app_name": "", "scopes": []}, "errors": {"scopes": ["Choose at least one."]}},
    ),
    "program-token": (
        "program_token.html",
        MINE | {"app": {"name": "Rain <bot>"}, "token": CODE, "site_url": "https://marula.example"},
    ),
    "outbox-empty": ("outbox.html", MINE | {"mails": []}),
    "error-csrf": error(422, "csrf"),
} | {f"error-{code}": error(code) for code in (400, 401, 403, 404, 410, 418, 422, 429, 500, 502, 503)}
