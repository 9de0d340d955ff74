//! Whether everything is in order, in words.

use jiff::{RoundMode, Timestamp, TimestampRound, Unit};
use lagrum_model::{Goes, Line, Matter, Sha256Digest, Standing};

use crate::Phrases;
use crate::date::Zone;
use crate::fluent::Value;
use lagrum_blocks::{Block, Document, Ink, Text};

/// One line in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderLine {
    /// What it is.
    pub what: String,
    /// What it means for people, and what to do.
    pub means: String,
    /// Where somebody goes, in one word or two.
    pub goes: String,
}

/// One line in words.
#[must_use]
pub fn order_line(line: &Line, zone: &Zone, phrases: &Phrases) -> OrderLine {
    let blanks = blanks(&line.matter, zone, phrases);
    let blanks: Vec<_> = blanks
        .iter()
        .map(|(name, value)| (*name, value.clone()))
        .collect();
    let key = format!("order-{}", line.matter.as_str());
    let goes = match line.matter.goes() {
        Goes::Agents => "agents",
        Goes::Accounts => "accounts",
        Goes::Case(_) => "case",
        Goes::People => "people",
        Goes::Authorities => "authorities",
        Goes::Law => "law",
        Goes::Settings => "settings",
    };
    OrderLine {
        what: phrases.sentence(&phrases.say(&key, &blanks)),
        means: phrases.sentence(&phrases.say(&format!("{key}-means"), &blanks)),
        goes: phrases.word(&format!("order-goes-{goes}")),
    }
}

/// The answer in one sentence.
#[must_use]
pub fn order_answer(lines: &[Line], phrases: &Phrases) -> String {
    let count = |standing| {
        let all = lines.iter().filter(|line| line.standing == standing);
        all.count() as u64
    };
    match (count(Standing::NotInOrder), count(Standing::Soon)) {
        (0, 0) => phrases.word("order-all-good"),
        (0, soon) => phrases.count("order-soon-only", soon),
        (faults, _) => phrases.count("order-not-in-order-count", faults),
    }
}

/// All of it: the answer, then the lines in their groups.
#[must_use]
pub fn order_page(at: Timestamp, lines: &[Line], zone: &Zone, phrases: &Phrases) -> Document {
    let mut page = Document::new(phrases.language(), order_answer(lines, phrases));
    let at = phrases.instant_both(at, zone);
    let checked = phrases.fill("order-checked", &[("at", &at)]);
    page.paragraph(Text::in_ink(Ink::Quiet, checked));
    for standing in Standing::ALL {
        let here: Vec<_> = lines
            .iter()
            .filter(|line| line.standing == standing)
            .collect();
        if here.is_empty() {
            continue;
        }
        let group = phrases.word(&format!("order-group-{}", standing.as_str()));
        page.section(format!("{group} · {}", here.len()));
        let ink = match standing {
            Standing::NotInOrder => Ink::Bad,
            Standing::Soon => Ink::Caution,
            Standing::InOrder => Ink::Good,
            Standing::NotKnown => Ink::Quiet,
        };
        let item = |line: &&Line| {
            let said = order_line(line, zone, phrases);
            vec![
                Block::paragraph(Text::in_ink(ink, said.what)),
                Block::paragraph(said.means),
            ]
        };
        page.bullets(here.iter().map(item).collect());
    }
    page
}

/// A digest, short enough to be compared by eye.
fn short(digest: &Sha256Digest) -> String {
    digest.to_string().chars().take(8).collect()
}

/// What stands in the blanks of a line.
fn blanks(matter: &Matter, zone: &Zone, phrases: &Phrases) -> Vec<(&'static str, Value<'static>)> {
    let text = |text: &dyn ToString| Value::from(text.to_string());
    // Nobody reads the seconds.
    let minute = |at: &Timestamp| {
        let whole = TimestampRound::new()
            .smallest(Unit::Minute)
            .mode(RoundMode::Floor);
        at.round(whole).unwrap_or(*at)
    };
    let when = |at: &Timestamp| Value::from(phrases.short_instant(minute(at), zone));
    match matter {
        Matter::AgentAtWork {
            region,
            at,
            version,
        } => vec![
            ("region", text(region)),
            ("at", when(at)),
            ("version", text(version)),
        ],
        Matter::AgentBusy {
            region,
            since,
            step,
            source,
            sources,
        } => vec![
            ("region", text(region)),
            ("at", when(since)),
            // Where no source is searched, none is counted.
            (
                "step",
                match (step.as_str(), source) {
                    ("searching", 0) => text(&"copy"),
                    _ => text(step),
                },
            ),
            ("number", Value::from(u64::from(*source))),
            ("all", Value::from(u64::from(*sources))),
        ],
        Matter::AgentBrokeOff { region, at } => vec![("region", text(region)), ("at", when(at))],
        Matter::AgentSilent {
            region,
            at,
            waiting,
        } => vec![
            ("region", text(region)),
            ("at", when(at)),
            (
                "count",
                waiting.map_or_else(|| text(&"untold"), Value::from),
            ),
        ],
        Matter::AgentClock { region, at } => vec![("region", text(region)), ("at", when(at))],
        Matter::AgentNeverSeen { region }
        | Matter::LawNotKnown { region }
        | Matter::SameRoster { region }
        | Matter::OtherRoster { region }
        | Matter::OwnMachineOff { region }
        | Matter::AccountsNotCompared { region } => vec![("region", text(region))],
        Matter::AgentUnreachable { region, why } | Matter::AccountsFault { region, why } => {
            vec![("region", text(region)), ("why", text(why))]
        }
        Matter::AgentRefused {
            region,
            count,
            codes,
        } => vec![
            ("region", text(region)),
            ("count", Value::from(*count)),
            ("codes", Value::from(codes.join(", "))),
        ],
        Matter::WaitsForCounsel { region, count }
        | Matter::CardsMissing { region, count }
        | Matter::AccountsAgree { region, count } => {
            vec![("region", text(region)), ("count", Value::from(*count))]
        }
        Matter::SameLaw { region, law } => {
            vec![("region", text(region)), ("law", Value::from(short(law)))]
        }
        Matter::OtherVersion {
            region,
            there,
            here,
        } => vec![
            ("region", text(region)),
            ("there", text(there)),
            ("here", text(here)),
        ],
        Matter::OtherLaw {
            region,
            there,
            here,
        } => vec![
            ("region", text(region)),
            ("there", Value::from(short(there))),
            ("here", Value::from(short(here))),
        ],
        Matter::AccountWithoutSource { region, account } => {
            vec![("region", text(region)), ("account", text(account))]
        }
        Matter::DirectoryFault { why }
        | Matter::LogFault { why }
        | Matter::WitnessesMissing { why }
        | Matter::LawFault { why } => vec![("why", text(why))],
        Matter::MandateRunsOut { case, region, at }
        | Matter::MandateRanOut { case, region, at } => vec![
            ("case", text(case)),
            ("region", text(region)),
            ("at", when(at)),
        ],
        Matter::Undescribed { count }
        | Matter::InvitationsOpen { count }
        | Matter::AuthoritiesChecked { count }
        | Matter::FilesGuarded { count } => vec![("count", Value::from(*count))],
        Matter::LogPublished { entries } => vec![("count", Value::from(*entries))],
        Matter::DiskFree { free } | Matter::DiskLow { free } => {
            vec![("count", Value::from(*free))]
        }
        Matter::Signers { analysts, counsel } => vec![
            ("analysts", Value::from(*analysts)),
            ("counsel", Value::from(*counsel)),
        ],
        Matter::SignInThere { issuer, keys } => {
            vec![("issuer", text(issuer)), ("count", Value::from(*keys))]
        }
        Matter::SignInSilent { issuer, why } => {
            vec![("issuer", text(issuer)), ("why", text(why))]
        }
        Matter::NoKey { name }
        | Matter::NoGroup { name }
        | Matter::OneKeyOfCounsel { name }
        | Matter::OneCounsel { name } => {
            vec![("name", text(name))]
        }
        Matter::AuthorityOverdue { name, checked } => {
            vec![
                ("name", text(name)),
                ("day", Value::from(phrases.short_day(*checked))),
            ]
        }
        Matter::AuthorityNotDated { count, first } => vec![
            ("name", text(first)),
            ("count", Value::from(count.saturating_sub(1))),
        ],
        Matter::LogBehind { events, since } => {
            vec![("count", Value::from(*events)), ("at", when(since))]
        }
        Matter::LogWaits { events, at } => {
            vec![("count", Value::from(*events)), ("at", when(at))]
        }
        Matter::LogFull { percent } => vec![("count", Value::from(*percent))],
        Matter::LogAhead { batches } => vec![("count", Value::from(*batches))],
        Matter::OutboxWaits { count, since } => {
            vec![("count", Value::from(*count)), ("at", when(since))]
        }
        Matter::MailboxRead { address, at } => {
            vec![("address", text(address)), ("at", when(at))]
        }
        Matter::MailboxNotRead { address, at } => {
            let at = match at {
                Some(at) => when(at),
                None => text(&"–"),
            };
            vec![("address", text(address)), ("at", at)]
        }
        Matter::MailboxFailing {
            address,
            since,
            why,
        } => vec![
            ("address", text(address)),
            ("at", when(since)),
            ("why", text(why)),
        ],
        Matter::MailNotTaken { address, count } => {
            vec![("address", text(address)), ("count", Value::from(*count))]
        }
        Matter::OutgoingWaits {
            way,
            count,
            since,
            why,
        } => vec![
            ("way", text(way)),
            ("count", Value::from(*count)),
            ("at", when(since)),
            ("why", text(&why.as_deref().unwrap_or("–"))),
        ],
        Matter::OutgoingGivenUp {
            way,
            count,
            at,
            why,
        } => vec![
            ("way", text(way)),
            ("count", Value::from(*count)),
            ("at", when(at)),
            ("why", text(why)),
        ],
        Matter::CertificateGood { origin, at, days }
        | Matter::CertificateRunsOut { origin, at, days } => vec![
            ("origin", text(origin)),
            ("at", when(at)),
            ("days", Value::from(*days)),
        ],
        Matter::CertificateRanOut { origin, at } | Matter::CertificateNotSeen { origin, at } => {
            vec![("origin", text(origin)), ("at", when(at))]
        }
        Matter::LetterNotSent { case, at } => vec![("case", text(case)), ("at", when(at))],
        Matter::EmergencyUnseen { case, since } => {
            vec![("case", text(case)), ("at", when(since))]
        }
        Matter::NobodyOnCall { at } => vec![("at", when(at))],
        Matter::OnCallUnreachable { person } => vec![("person", text(person))],
        Matter::Witnessed { at }
        | Matter::WitnessesOld { at }
        | Matter::BackupMade { at }
        | Matter::BackupOld { at } => vec![("at", when(at))],
        Matter::PackagesKept { place } => vec![("place", text(place))],
        Matter::PackagesFault { place, why } | Matter::PackagesNotKnown { place, why } => {
            vec![("place", text(place)), ("why", text(why))]
        }
        Matter::FileFault { file, why } => vec![("file", text(file)), ("why", text(why))],
        Matter::MandatesOpen { directory } => vec![("directory", text(directory))],
        Matter::AccountsOfTable
        | Matter::MandatesGood
        | Matter::NoOwnMachine
        | Matter::NoAuditor
        | Matter::NoInvitations
        | Matter::NoAuthorities
        | Matter::LogEmpty
        | Matter::NoWitnesses
        | Matter::OutboxEmpty
        | Matter::OutgoingEmpty
        | Matter::DiskNotKnown
        | Matter::BackupNotKnown => vec![],
    }
}
