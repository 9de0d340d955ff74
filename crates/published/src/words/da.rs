//! Danish.

use lagrum_model::Language;

use super::{CheckWords, Noun, TableWords, Words};

pub(super) const WORDS: Words = Words {
    language: Language::Danish,
    file: "index.da.html",
    workbook: "figures.da.xlsx",
    paper: "report.da.pdf",
    languages: "Sprog",
    skip: "Gå til rapporten",
    thousands: ".",
    range: "–",
    and: "og",
    months: [
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ],
    day: |day, month, year| format!("den {day}. {month} {year}"),
    title: |provider, period| {
        format!("{provider}: myndigheders anmodninger om oplysninger, {period}")
    },
    lead: |provider| {
        format!(
            "Myndigheder anmoder {provider} om oplysninger om kontoindehavere. Her fremgår det, hvor mange anmodninger der kom, fra hvilke lande, hvad de støttedes på, og hvad der kom ud af dem. Alle kan kontrollere tallene i den offentlige log uden at spørge {provider}."
        )
    },
    first_view: "Dette er den første udgave for perioden. En senere udgave kan vise, hvad der skete med de anmodninger, der endnu ikke er besvaret.",
    later_view: |view| {
        format!(
            "Dette er udgave {view} for perioden. Den medregner det, der er besvaret siden den forrige udgave."
        )
    },

    how_given: "Sådan læses tallene",
    cards: "For hver anmodning lægges et forseglet kort i den offentlige log. Kortet viser, at der findes en anmodning, men intet andet om den. En anmodning hører til den periode, hvor kortet blev lagt i loggen, og tælles efter, hvad der var sket med den, da denne udgave blev lavet. Døgnene regnes i UTC, koordineret universaltid.",
    all_exact: "Tallene er nøjagtige.",
    all_bands: "Tallene angives i intervaller, så ingen enkeltperson kan udpeges; der offentliggøres intet mere præcist.",
    some_bands: "Et tal, der står alene, er nøjagtigt. De andre er intervaller; der offentliggøres intet mere præcist om dem.",
    band_means: |band, low, high| format!("{band} betyder mindst {low} og højst {high}."),
    lowest_band: |band, high| format!("{band} betyder slet ingen eller op til {high}."),
    wider: "Endnu ikke besvarede og øvrige angives mindre præcist, fordi der blandt dem kan være nogle, som udbyderen ikke må oplyse antallet af. Hvor mange der i alt er modtaget, angives derfor ikke.",
    can_be_none: |band| format!("{band} er et interval og kan betyde slet ingen."),
    each: "hver",
    others_each: |many| format!("{many} andre, hver"),
    legend: "Udfyldt: mindst så mange. Stribet: det interval, tallet ligger i.",
    chart: |counted| format!("Søjlediagram. {counted} Tabellen har de samme tal."),
    number: "Anmodninger",

    demands: Noun {
        none: "ingen anmodning",
        one: "1 anmodning",
        many: "anmodninger",
    },
    answered: Noun {
        none: "ingen besvaret anmodning",
        one: "1 besvaret anmodning",
        many: "besvarede anmodninger",
    },
    accounts: Noun {
        none: "ingen konto",
        one: "1 konto",
        many: "konti",
    },
    received: |demands, pending| {
        let (demands, pending) = (demands.text, pending.text);
        format!("Der blev modtaget {demands}; {pending} er endnu ikke besvaret")
    },
    received_all_answered: |demands| {
        format!("Der blev modtaget {}; ingen er ubesvaret", demands.text)
    },
    received_unsaid: |pending| format!("{pending} er endnu ikke besvaret"),
    received_none: "Der blev ikke modtaget nogen anmodning",
    received_counted: "Anmodninger, hvis kort blev lagt i loggen i perioden.",
    received_caption: "Modtagne anmodninger",
    received_column: "Hvad der tælles",
    received_rows: [
        ("Modtagne", "alle anmodninger i perioden"),
        ("Endnu ikke besvarede", "da denne udgave blev lavet"),
        (
            "Øvrige",
            "anmodninger, som ingen har beskrevet, og anmodninger, som udbyderen ikke må oplyse antallet af; de er ikke med i tabellerne nedenfor",
        ),
    ],
    produced: |accounts| format!("Der blev udleveret oplysninger om {accounts}"),
    produced_none: "Der blev ikke udleveret oplysninger om nogen konto",
    accounts_counted: "Konti, som der er udleveret oplysninger om. En konto tælles én gang for hver anmodning, der førte til udlevering.",
    accounts_caption: "Konti",
    accounts_row: "Konti, som der er udleveret oplysninger om",
    highest_band: |names, answered| format!("I det højeste interval, {answered} hver: {names}"),
    country: TableWords {
        rows: "lande",
        ahead: |name, number| format!("Flest besvarede anmodninger kom fra {name}: {number}"),
        only: |name, number| format!("Besvarede anmodninger kom kun fra {name}: {number}"),
        tied: |names, answered| format!("Flest anmodninger kom fra {names}: {answered} hver"),
        low: |answered| format!("Intet land har flere end {answered}"),
        nothing: "Ingen anmodning er besvaret",
        plain: "Besvarede anmodninger efter land",
        counted: "Anmodninger, der er besvaret eller afsluttet, efter myndighedens land. De, der endnu ikke er besvaret, og øvrige er ikke med.",
        caption: "Besvarede anmodninger efter land",
        column: "Myndighedens land",
        zero: "Ingen anmodning er besvaret fra:",
    },
    other_countries: "alle øvrige lande tilsammen",
    another_country: "et andet land",
    instrument: TableWords {
        rows: "grundlag",
        ahead: |name, number| format!("Hyppigst var {name}: {number} af de besvarede anmodninger"),
        only: |name, number| format!("Kun ét grundlag forekom: {name}, {number}"),
        tied: |names, answered| format!("Hyppigst var {names}: {answered} hver"),
        low: |answered| format!("Intet grundlag forekom i flere end {answered}"),
        nothing: "Intet grundlag forekom",
        plain: "Hvad de besvarede anmodninger støttedes på",
        counted: "Anmodninger, der er besvaret eller afsluttet, efter den afgørelse eller anmodning, som de støttes på.",
        caption: "Besvarede anmodninger efter grundlag",
        column: "Afgørelse eller anmodning",
        zero: "Ingen besvaret anmodning støttedes på:",
    },
    outcome: TableWords {
        rows: "udfald",
        ahead: |name, number| {
            format!("Det hyppigste udfald var {name}: {number} af de besvarede anmodninger")
        },
        only: |name, number| format!("Det eneste udfald var {name}: {number}"),
        tied: |names, answered| format!("De hyppigste udfald var {names}: {answered} hver"),
        low: |answered| format!("Intet udfald har flere end {answered}"),
        nothing: "Intet udfald endnu",
        plain: "Hvad der kom ud af anmodningerne",
        counted: "Anmodninger, der er besvaret eller afsluttet, efter hvad der kom ud af dem.",
        caption: "Besvarede anmodninger efter udfald",
        column: "Udfald",
        zero: "Ingen anmodning fik udfaldet:",
    },
    outcomes: [
        (
            "udleveret",
            "det, der blev anmodet om, i det omfang det fandtes",
        ),
        ("udleveret delvist", "noget af det, der blev anmodet om"),
        ("ingen oplysninger fundet", "søgningen gav intet resultat"),
        (
            "ikke efterkommet",
            "eller begrænset, så intet var tilbage, eller indbragt for retten",
        ),
        (
            "henvist til anden side",
            "til kunden eller til international retshjælp",
        ),
        ("sikret", "oplysningerne er sikret, men ikke udleveret"),
        (
            "afsluttet uden svar",
            "sendt to gange, trukket tilbage eller besvaret på anden måde",
        ),
        (
            "udfaldet kendes ikke længere",
            "sagen er slettet eller ændret udefra",
        ),
    ],
    quoted: |name| format!("»{name}«"),
    check: CheckWords {
        heading: "Sådan kontrolleres tallene",
        why: |provider, log| {
            format!(
                "Ingen behøver at stole på denne rapport. Tallene følger af filerne i samme mappe, og de kontrolleres i den offentlige log {log}, uden at nogen behøver at spørge {provider}:"
            )
        },
        what_is_what: "DIR er mappen med rapporten. I trust.toml står de nøgler, du stoler på: hent den et andet sted end her. LOG er den offentlige log eller en kopi af den. Programmet skriver tallene: sammenlign dem med tallene her.",
        with_receipt: "Den, der har kvitteringen for en anmodning, ser også, hvad netop den anmodning er talt som:",
        shown: "Det viser kontrollen",
        shows: [
            "Loggen indeholder netop denne rapport, og denne kopi af loggen viser ingen anden for samme periode og udgave.",
            "Hvert kort, der blev lagt i loggen i perioden, er talt én gang eller er tomt.",
            "Tallene er præcis dem, som planen angiver, i kodebogens klasser, og hvert af dem følger af kortene.",
        ],
        planned: "Hvad der offentliggøres, og i hvilke klasser, blev fastlagt, før perioden begyndte.",
        not_planned: "Hvad der offentliggøres, og i hvilke klasser, blev ikke fastlagt, før perioden begyndte.",
        not_shown: "Det viser den ikke",
        shows_not: [
            "At en anmodning er talt i den rigtige klasse. Det ser den, der har kvitteringen, og udtræksprogrammerne kan bekræfte, at de her har fundet det, de har udført.",
            "Anmodninger, som der ikke er lagt noget kort for.",
            "Sager, der er opdigtet.",
            "At protokollen holder: ingen kryptograf uden for projektet har læst den endnu.",
        ],
        files: (
            "Det, der kontrolleres, er filerne",
            ". Sider, tabeller og pdf kontrolleres ikke: de følger af tallene, og de samme tal giver de samme filer.",
        ),
        corrections: "Talt anderledes end i den forrige udgave",
        corrected: |demands, from, to| format!("{demands}, før talt som »{from}«, nu som »{to}«"),
        about: "Om rapporten",
        facts: [
            "Udbyder",
            "Periode",
            "Udgave",
            "Offentlig log",
            "Rapportens kontrolsum (SHA-256)",
        ],
        to_compute: "Tallene til regneark eller programmer:",
        to_print: "Rapporten til udskrift og arkiv:",
    },
    sheets: ["Tal", "Læsning og kontrol"],
    heads: [
        "Tabel",
        "Hvad der tælles",
        "Antal eller interval",
        "Navn i figures.csv",
    ],
};
