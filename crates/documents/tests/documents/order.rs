//! Whether everything is in order, in words.

use jiff::Timestamp;
use jiff::civil::date;
use lagrum_documents::{Phrases, Style, Zone, order_answer, order_line, order_page};
use lagrum_model::{CaseId, Language, Line, Matter, Region, Sha256Digest, Standing};

/// One line of each kind.
fn all() -> Vec<Matter> {
    let region = || Region::parse("stockholm").unwrap();
    let at = "2026-11-24T20:14:00Z".parse::<Timestamp>().unwrap();
    let text = || "something".to_owned();
    let (here, there) = (Sha256Digest::of(b"here"), Sha256Digest::of(b"there"));
    let case = || CaseId::new(2026, 18);
    vec![
        Matter::AgentAtWork {
            region: region(),
            at,
            version: text(),
        },
        Matter::AgentBusy {
            region: region(),
            since: at,
            step: "searching".to_owned(),
            source: 2,
            sources: 3,
        },
        Matter::AgentBusy {
            region: region(),
            since: at,
            step: "sealing".to_owned(),
            source: 3,
            sources: 3,
        },
        Matter::AgentBrokeOff {
            region: region(),
            at,
        },
        Matter::AgentSilent {
            region: region(),
            at,
            waiting: Some(2),
        },
        Matter::AgentSilent {
            region: region(),
            at,
            waiting: None,
        },
        Matter::AgentNeverSeen { region: region() },
        Matter::AgentUnreachable {
            region: region(),
            why: text(),
        },
        Matter::AgentClock {
            region: region(),
            at,
        },
        Matter::AgentRefused {
            region: region(),
            count: 2,
            codes: vec![text()],
        },
        Matter::WaitsForCounsel {
            region: region(),
            count: 2,
        },
        Matter::SameLaw {
            region: region(),
            law: here,
        },
        Matter::OtherLaw {
            region: region(),
            there,
            here,
        },
        Matter::CardsMissing {
            region: region(),
            count: 2,
        },
        Matter::LawNotKnown { region: region() },
        Matter::SameRoster { region: region() },
        Matter::OtherRoster { region: region() },
        Matter::OtherVersion {
            region: region(),
            there: text(),
            here: text(),
        },
        Matter::OwnMachineOff { region: region() },
        Matter::AccountsAgree {
            region: region(),
            count: 2,
        },
        Matter::AccountWithoutSource {
            region: region(),
            account: text(),
        },
        Matter::AccountsFault {
            region: region(),
            why: text(),
        },
        Matter::AccountsNotCompared { region: region() },
        Matter::AccountsOfTable,
        Matter::DirectoryFault { why: text() },
        Matter::MandateRunsOut {
            case: case(),
            region: text(),
            at,
        },
        Matter::MandateRanOut {
            case: case(),
            region: text(),
            at,
        },
        Matter::MandatesGood,
        Matter::Undescribed { count: 2 },
        Matter::NoOwnMachine,
        Matter::Signers {
            analysts: 2,
            counsel: 1,
        },
        Matter::NoKey { name: text() },
        Matter::NoGroup { name: text() },
        Matter::OneKeyOfCounsel { name: text() },
        Matter::OneCounsel { name: text() },
        Matter::NoAuditor,
        Matter::InvitationsOpen { count: 2 },
        Matter::NoInvitations,
        Matter::SignInThere {
            issuer: text(),
            keys: 2,
        },
        Matter::SignInSilent {
            issuer: text(),
            why: text(),
        },
        Matter::AuthorityOverdue {
            name: text(),
            checked: date(2025, 10, 1),
        },
        Matter::AuthorityNotDated {
            count: 1,
            first: text(),
        },
        Matter::AuthoritiesChecked { count: 2 },
        Matter::NoAuthorities,
        Matter::LogPublished { entries: 126 },
        Matter::LogBehind {
            events: 2,
            since: at,
        },
        Matter::LogWaits { events: 2, at },
        Matter::LogFull { percent: 84 },
        Matter::LogAhead { batches: 1 },
        Matter::LogEmpty,
        Matter::LogFault { why: text() },
        Matter::NoWitnesses,
        Matter::Witnessed { at },
        Matter::WitnessesOld { at },
        Matter::WitnessesMissing { why: text() },
        Matter::OutboxEmpty,
        Matter::OutboxWaits {
            count: 2,
            since: at,
        },
        Matter::DiskFree { free: 4096 },
        Matter::DiskLow { free: 12 },
        Matter::DiskNotKnown,
        Matter::CertificateGood {
            origin: text(),
            at,
            days: 60,
        },
        Matter::CertificateRunsOut {
            origin: text(),
            at,
            days: 1,
        },
        Matter::CertificateRanOut { origin: text(), at },
        Matter::CertificateNotSeen { origin: text(), at },
        Matter::PackagesKept { place: text() },
        Matter::PackagesFault {
            place: text(),
            why: text(),
        },
        Matter::PackagesNotKnown {
            place: text(),
            why: text(),
        },
        Matter::BackupMade { at },
        Matter::BackupOld { at },
        Matter::BackupNotKnown,
        Matter::FilesGuarded { count: 6 },
        Matter::FileFault {
            file: text(),
            why: text(),
        },
        Matter::MandatesOpen { directory: text() },
        Matter::LawFault { why: text() },
    ]
}

#[test]
fn every_line_has_its_words_in_every_language() {
    let zone = Zone::named("Europe/Stockholm").unwrap();
    let mut words: Vec<_> = all().iter().map(Matter::as_str).collect();
    words.dedup();
    assert_eq!(words.len(), 72, "one of each kind");
    for language in Language::ALL {
        let phrases = Phrases::of(language);
        for matter in all() {
            let line = Line {
                standing: Standing::Soon,
                matter,
            };
            let said = order_line(&line, &zone, &phrases);
            for text in [&said.what, &said.means, &said.goes] {
                let raw =
                    text.contains("order-") || text.contains("Order-") || text.contains("{ $");
                assert!(
                    !raw && !text.is_empty(),
                    "{language}: {:?}: {text}",
                    line.matter
                );
            }
        }
    }
}

#[test]
fn the_answer_comes_first_and_what_is_not_known_is_never_counted_as_in_order() {
    let phrases = Phrases::of(Language::English);
    let line = |standing, matter| Line { standing, matter };
    let unknown = line(Standing::NotKnown, Matter::NoWitnesses);
    let good = line(Standing::InOrder, Matter::LogPublished { entries: 3 });
    let soon = line(Standing::Soon, Matter::NoAuditor);
    let bad = line(Standing::NotInOrder, Matter::NoOwnMachine);
    let answer = |lines: &[&Line]| {
        let lines: Vec<_> = lines.iter().map(|line| (*line).clone()).collect();
        order_answer(&lines, &phrases)
    };
    assert_eq!(
        answer(&[&good, &unknown]),
        "Everything that was looked at is in order"
    );
    assert_eq!(
        answer(&[&soon, &good]),
        "Nothing is out of order; one thing needs somebody soon"
    );
    assert_eq!(answer(&[&bad, &soon]), "One thing is not in order");
    let lines = [bad, soon, good, unknown];
    let page = order_page(Timestamp::UNIX_EPOCH, &lines, &Zone::utc(), &phrases);
    let text = page.to_text(80, Style::Plain);
    let order = [
        "One thing is not in order",
        "Soon · 1",
        "In order · 1",
        "Not known · 1",
    ];
    let places = order.map(|words| {
        text.find(words)
            .unwrap_or_else(|| panic!("{words}\n{text}"))
    });
    assert!(places.is_sorted(), "{text}");
}
