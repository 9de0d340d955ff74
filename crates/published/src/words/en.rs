//! English.

use lagrum_model::Language;

use super::{CheckWords, Noun, TableWords, Words};

pub(super) const WORDS: Words = Words {
    language: Language::English,
    file: "index.html",
    workbook: "figures.xlsx",
    paper: "report.pdf",
    languages: "Language",
    skip: "Skip to the report",
    thousands: ",",
    range: " to ",
    and: "and",
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    day: |day, month, year| format!("{day} {month} {year}"),
    title: |provider, period| format!("{provider}: government demands for data, {period}"),
    lead: |provider| {
        format!(
            "Authorities demand data about account holders from {provider}. This report says how many demands came, from which countries, on what basis, and what became of them. Anybody can check the figures against the public log, without asking {provider}."
        )
    },
    first_view: "This is the first view of the period. A later one can say what became of the demands that are not answered yet.",
    later_view: |view| {
        format!(
            "This is view {view} of the period. It counts what has been answered since the view before."
        )
    },

    how_given: "How to read the numbers",
    cards: "For each demand a sealed card is laid into the public log. It shows that there is a demand, and nothing else about it. A demand belongs to the period in which its card was laid, and is counted as what had become of it when this view was made. Days begin and end at midnight UTC, coordinated universal time.",
    all_exact: "The numbers are exact.",
    all_bands: "The numbers are given in bands, so that nobody can be singled out; nothing closer is published.",
    some_bands: "A number that stands alone is exact. The others are bands; nothing closer is published of them.",
    band_means: |band, low, high| format!("{band} means at least {low} and at most {high}."),
    lowest_band: |band, high| format!("{band} means none, or up to {high}."),
    wider: "Not answered yet and others are given less closely, because among these there may be kinds of which a provider must not say how many came. How many came in all is not given for the same reason.",
    can_be_none: |band| format!("{band} is a band, and can be none."),
    each: "each",
    others_each: |many| format!("{many} others, each"),
    legend: "Solid: at least so many. Striped: the band in which the number lies.",
    chart: |counted| format!("Bar chart. {counted} The table has the same numbers."),
    number: "Demands",

    demands: Noun {
        none: "no demand",
        one: "1 demand",
        many: "demands",
    },
    answered: Noun {
        none: "no answered demand",
        one: "1 answered demand",
        many: "answered demands",
    },
    accounts: Noun {
        none: "no account",
        one: "1 account",
        many: "accounts",
    },
    received: |demands, pending| {
        let was = if demands.one { "was" } else { "were" };
        let is = if pending.one { "is" } else { "are" };
        let (demands, pending) = (demands.text, pending.text);
        format!("{demands} {was} received; {pending} {is} not answered yet")
    },
    received_all_answered: |demands| {
        let was = if demands.one { "was" } else { "were" };
        format!("{} {was} received; none is still unanswered", demands.text)
    },
    received_unsaid: |pending| format!("{pending} are not answered yet"),
    received_none: "No demand was received",
    received_counted: "Demands whose cards were laid into the log in the period.",
    received_caption: "Demands received",
    received_column: "What is counted",
    received_rows: [
        ("Received", "all demands of the period"),
        ("Not answered yet", "when this view was made"),
        (
            "Others",
            "demands that nobody described, and kinds of which a provider must not say how many came; they are in none of the tables below",
        ),
    ],
    produced: |accounts| format!("Data of {accounts} was produced"),
    produced_none: "No data of any account was produced",
    accounts_counted: "Accounts of which something was produced. An account is counted once for each demand by which something of it was produced.",
    accounts_caption: "Accounts",
    accounts_row: "Accounts of which something was produced",
    highest_band: |names, answered| format!("In the highest band, {answered} each: {names}"),
    country: TableWords {
        rows: "countries",
        ahead: |name, number| {
            format!("{name} asked most: {number} of the demands that were answered")
        },
        only: |name, number| format!("Answered demands came from {name} alone: {number}"),
        tied: |names, answered| format!("{names} asked most: {answered} each"),
        low: |answered| format!("No country has more than {answered}"),
        nothing: "No demand was answered",
        plain: "Answered demands by country",
        counted: "Demands that were answered or closed, by the country of the authority. Those not answered yet, and others, are not among them.",
        caption: "Answered demands by country",
        column: "Country of the authority",
        zero: "No demand was answered from:",
    },
    other_countries: "all other countries together",
    another_country: "another country",
    instrument: TableWords {
        rows: "kinds",
        ahead: |name, number| {
            format!("Most often used: {name}, {number} of the demands that were answered")
        },
        only: |name, number| format!("Only one kind was used: {name}, {number}"),
        tied: |names, answered| format!("Most often used: {names}, {answered} each"),
        low: |answered| format!("No kind was used in more than {answered}"),
        nothing: "No kind was used",
        plain: "What answered demands were based on",
        counted: "Demands that were answered or closed, by the decision or request on which they rest.",
        caption: "Answered demands by what they rest on",
        column: "Decision or request",
        zero: "No answered demand rested on:",
    },
    outcome: TableWords {
        rows: "outcomes",
        ahead: |name, number| {
            format!(
                "The most frequent outcome was {name}: {number} of the demands that were answered"
            )
        },
        only: |name, number| format!("The only outcome was {name}: {number}"),
        tied: |names, answered| format!("The most frequent outcomes were {names}: {answered} each"),
        low: |answered| format!("No outcome has more than {answered}"),
        nothing: "No outcome yet",
        plain: "What became of the demands",
        counted: "Demands that were answered or closed, by what became of them.",
        caption: "Answered demands by outcome",
        column: "Outcome",
        zero: "No demand had the outcome:",
    },
    outcomes: [
        ("produced", "what was asked for, as far as it was there"),
        ("produced in part", "some of what was asked for"),
        ("nothing found", "it was searched, and nothing was there"),
        ("refused", "or narrowed to nothing, or challenged in court"),
        ("referred elsewhere", "to the customer, or to a treaty"),
        ("preserved", "data is kept, and was not produced"),
        (
            "closed without an answer",
            "sent twice, taken back, or answered in another way",
        ),
        (
            "not known any more",
            "the case was erased, or was changed from outside",
        ),
    ],
    quoted: |name| format!("“{name}”"),
    check: CheckWords {
        heading: "How to check it",
        why: |provider, log| {
            format!(
                "Nobody has to believe this report. The figures follow from the files in this directory, and those are checked against the public log {log}, without asking {provider}:"
            )
        },
        what_is_what: "DIR is the directory of this report. trust.toml holds the keys that you trust: take it from elsewhere than here. LOG is the public log, or a copy of it. The program writes the figures: compare them with those here.",
        with_receipt: "Whoever has the receipt of a demand also sees as what that demand is counted:",
        shown: "What this shows",
        shows: [
            "The log holds exactly this report, and this copy of the log shows no other of the same period and view.",
            "Every card that was laid in the period is counted once, or is blank.",
            "The figures are exactly those that the plan names, in the classes of the code book, and each follows from the cards.",
        ],
        planned: "What is published, and in which classes, was fixed before the period began.",
        not_planned: "What is published, and in which classes, was not fixed before the period began.",
        not_shown: "What it does not show",
        shows_not: [
            "That a demand was counted in the right class. Whoever has its receipt sees that; and the programs that extract data can sign that they found here what they carried out.",
            "Demands for which no card was laid.",
            "Cases that were made up.",
            "That the protocol is sound: no cryptographer outside the project has read it yet.",
        ],
        files: (
            "What is checked are the files",
            ". Pages, tables and PDF are not checked: they follow from the figures, and the same figures give the same files.",
        ),
        corrections: "Counted otherwise than in the view before",
        corrected: |demands, from, to| {
            format!("{demands}, counted before as “{from}”, now as “{to}”")
        },
        about: "This report",
        facts: [
            "Provider",
            "Period",
            "View",
            "Public log",
            "Digest of the report (SHA-256)",
        ],
        to_compute: "The figures for a spreadsheet or a program:",
        to_print: "The report to print and to keep:",
    },
    sheets: ["Figures", "How to read and check"],
    heads: [
        "Table",
        "What is counted",
        "Number or band",
        "Name in figures.csv",
    ],
};
