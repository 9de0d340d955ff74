//! Swedish.

use lagrum_model::Language;

use super::{CheckWords, Noun, TableWords, Words};

pub(super) const WORDS: Words = Words {
    language: Language::Swedish,
    file: "index.sv.html",
    workbook: "figures.sv.xlsx",
    paper: "report.sv.pdf",
    languages: "Språk",
    skip: "Hoppa till rapporten",
    thousands: "\u{a0}",
    range: "–",
    and: "och",
    months: [
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ],
    day: |day, month, year| format!("den {day} {month} {year}"),
    title: |provider, period| format!("{provider}: myndigheters begäranden om uppgifter, {period}"),
    lead: |provider| {
        format!(
            "Myndigheter begär uppgifter om kontoinnehavare från {provider}. Här framgår hur många begäranden som kom in, från vilka länder, vad de grundades på och vad de ledde till. Vem som helst kan kontrollera siffrorna mot den offentliga loggen, utan att fråga {provider}."
        )
    },
    first_view: "Detta är den första versionen för perioden. En senare version kan visa vad som hände med de begäranden som ännu inte har besvarats.",
    later_view: |view| {
        format!(
            "Detta är version {view} för perioden. Den räknar in det som har besvarats sedan den förra versionen."
        )
    },

    how_given: "Så läser du siffrorna",
    cards: "För varje begäran läggs ett förseglat kort i den offentliga loggen. Kortet visar att det finns en begäran, men ingenting annat om den. En begäran hör till den period då kortet lades i loggen och räknas efter vad som hade hänt med den när den här versionen gjordes. Dygnen räknas i UTC, koordinerad universell tid.",
    all_exact: "Siffrorna är exakta.",
    all_bands: "Siffrorna anges i intervall, så att ingen enskild kan pekas ut; inget närmare än så publiceras.",
    some_bands: "Ett tal som står ensamt är exakt. De andra är intervall; inget närmare än så publiceras om dem.",
    band_means: |band, low, high| format!("{band} betyder minst {low} och högst {high}."),
    lowest_band: |band, high| format!("{band} betyder ingen alls eller upp till {high}."),
    wider: "Ännu inte besvarade och övriga anges mindre noggrant, eftersom det bland dem kan finnas sådana som leverantören inte får ange antalet av. Hur många som kom in totalt anges därför inte.",
    can_be_none: |band| format!("{band} är ett intervall och kan betyda ingen alls."),
    each: "vardera",
    others_each: |many| format!("{many} andra, vardera"),
    legend: "Fylld stapel: minst så många. Randig: det intervall där talet ligger.",
    chart: |counted| format!("Stapeldiagram. {counted} Tabellen har samma siffror."),
    number: "Begäranden",

    demands: Noun {
        none: "ingen begäran",
        one: "1 begäran",
        many: "begäranden",
    },
    answered: Noun {
        none: "ingen besvarad begäran",
        one: "1 besvarad begäran",
        many: "besvarade begäranden",
    },
    accounts: Noun {
        none: "inget konto",
        one: "1 konto",
        many: "konton",
    },
    received: |demands, pending| {
        let (demands, pending) = (demands.text, pending.text);
        format!("{demands} kom in, {pending} har ännu inte besvarats")
    },
    received_all_answered: |demands| format!("{} kom in, ingen är obesvarad", demands.text),
    received_unsaid: |pending| format!("{pending} har ännu inte besvarats"),
    received_none: "Ingen begäran kom in",
    received_counted: "Begäranden vars kort lades i loggen under perioden.",
    received_caption: "Inkomna begäranden",
    received_column: "Vad som räknas",
    received_rows: [
        ("Inkomna", "alla begäranden under perioden"),
        ("Ännu inte besvarade", "när den här versionen gjordes"),
        (
            "Övriga",
            "sådana som ingen har beskrivit och sådana som leverantören inte får ange antalet av; de finns inte i någon av tabellerna nedan",
        ),
    ],
    produced: |accounts| format!("Uppgifter om {accounts} lämnades ut"),
    produced_none: "Inga kontouppgifter lämnades ut",
    accounts_counted: "Konton som uppgifter har lämnats ut om. Ett konto räknas en gång för varje begäran som ledde till utlämnande.",
    accounts_caption: "Konton",
    accounts_row: "Konton som uppgifter har lämnats ut om",
    highest_band: |names, answered| {
        format!("I det högsta intervallet, {answered} vardera: {names}")
    },
    country: TableWords {
        rows: "länder",
        ahead: |name, number| format!("Flest besvarade begäranden kom från {name}: {number}"),
        only: |name, number| format!("Besvarade begäranden kom bara från {name}: {number}"),
        tied: |names, answered| format!("Flest begäranden kom från {names}: {answered} vardera"),
        low: |answered| format!("Inget land har fler än {answered}"),
        nothing: "Ingen begäran har besvarats",
        plain: "Besvarade begäranden efter land",
        counted: "Begäranden som har besvarats eller avslutats, efter myndighetens land. De som ännu inte har besvarats och övriga är inte med.",
        caption: "Besvarade begäranden efter land",
        column: "Myndighetens land",
        zero: "Ingen begäran har besvarats från:",
    },
    other_countries: "alla övriga länder tillsammans",
    another_country: "annat land",
    instrument: TableWords {
        rows: "slag",
        ahead: |name, number| format!("Vanligast var {name}: {number} av de besvarade begärandena"),
        only: |name, number| format!("Bara ett slag förekom: {name}, {number}"),
        tied: |names, answered| format!("Vanligast var {names}: {answered} vardera"),
        low: |answered| format!("Inget slag förekom i fler än {answered}"),
        nothing: "Inget slag förekom",
        plain: "Vad de besvarade begärandena grundades på",
        counted: "Begäranden som har besvarats eller avslutats, efter det beslut eller den begäran som de grundades på.",
        caption: "Besvarade begäranden efter grund",
        column: "Beslut eller begäran",
        zero: "Ingen besvarad begäran grundades på:",
    },
    outcome: TableWords {
        rows: "utfall",
        ahead: |name, number| {
            format!("Det vanligaste utfallet var {name}: {number} av de besvarade begärandena")
        },
        only: |name, number| format!("Det enda utfallet var {name}: {number}"),
        tied: |names, answered| format!("De vanligaste utfallen var {names}: {answered} vardera"),
        low: |answered| format!("Inget utfall har fler än {answered}"),
        nothing: "Inget utfall ännu",
        plain: "Vad begärandena ledde till",
        counted: "Begäranden som har besvarats eller avslutats, efter vad de ledde till.",
        caption: "Besvarade begäranden efter utfall",
        column: "Utfall",
        zero: "Ingen begäran fick utfallet:",
    },
    outcomes: [
        ("lämnades ut", "det som begärdes, så långt det fanns"),
        ("lämnades ut delvis", "en del av det som begärdes"),
        ("inga uppgifter fanns", "sökningen gav inget resultat"),
        (
            "efterkoms inte",
            "eller begränsades så att inget återstod, eller rättens prövning begärdes",
        ),
        (
            "hänvisades vidare",
            "till kunden eller till internationell rättslig hjälp",
        ),
        ("bevarades", "uppgifterna bevarades men lämnades inte ut"),
        (
            "avslutades utan svar",
            "hade sänts två gånger, återkallades eller besvarades på annat sätt",
        ),
        (
            "utfallet är inte längre känt",
            "ärendet har raderats eller ändrats utifrån",
        ),
    ],
    quoted: |name| format!("”{name}”"),
    check: CheckWords {
        heading: "Så kontrollerar du siffrorna",
        why: |provider, log| {
            format!(
                "Du behöver inte lita på den här rapporten. Siffrorna följer av filerna i samma katalog, och de kontrolleras mot den offentliga loggen {log}, utan att någon behöver fråga {provider}:"
            )
        },
        what_is_what: "DIR är katalogen med rapporten. I trust.toml står de nycklar som du litar på: hämta den någon annanstans än här. LOG är den offentliga loggen eller en kopia av den. Programmet skriver ut siffrorna: jämför dem med dem här.",
        with_receipt: "Den som har kvittot på en begäran ser också vad just den begäran har räknats som:",
        shown: "Detta visar kontrollen",
        shows: [
            "Loggen innehåller just den här rapporten, och den här kopian av loggen visar ingen annan för samma period och version.",
            "Varje kort som lades i loggen under perioden har räknats en gång eller är tomt.",
            "Siffrorna är exakt de som planen anger, i kodbokens klasser, och var och en följer av korten.",
        ],
        planned: "Vad som publiceras, och i vilka klasser, bestämdes innan perioden började.",
        not_planned: "Vad som publiceras, och i vilka klasser, bestämdes inte innan perioden började.",
        not_shown: "Detta visar den inte",
        shows_not: [
            "Att en begäran har räknats i rätt klass. Det ser den som har kvittot, och uttagsprogrammen kan intyga att de här har hittat det som de har utfört.",
            "Begäranden som inget kort har lagts för.",
            "Ärenden som är påhittade.",
            "Att protokollet håller: ingen kryptograf utanför projektet har läst det ännu.",
        ],
        files: (
            "Det som kontrolleras är filerna",
            ". Sidor, tabeller och pdf kontrolleras inte: de följer av siffrorna, och samma siffror ger samma filer.",
        ),
        corrections: "Räknat på annat sätt än i den förra versionen",
        corrected: |demands, from, to| {
            format!("{demands}, tidigare räknat som ”{from}”, nu som ”{to}”")
        },
        about: "Om rapporten",
        facts: [
            "Leverantör",
            "Period",
            "Version",
            "Offentlig logg",
            "Rapportens kontrollsumma (SHA-256)",
        ],
        to_compute: "Siffrorna för kalkylblad eller program:",
        to_print: "Rapporten för utskrift och arkiv:",
    },
    sheets: ["Siffror", "Läsa och kontrollera"],
    heads: [
        "Tabell",
        "Vad som räknas",
        "Antal eller intervall",
        "Namn i figures.csv",
    ],
};
