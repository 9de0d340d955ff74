//! A case, as its analyst reads it.

use lagrum_law::{Clock, LawPacks, Notice, first_due};
use lagrum_mandate::answer::{Receipt, Refusal, SignedAnswer as _, heard_recall};
use lagrum_mandate::{Mandate, unreviewed};
use lagrum_model::{
    AccountKnown, AccountNamed, AccountTold, Assessment, Case, CaseId, CaseState, CertificateKind,
    Demand, Event, EventKind, Kept, KeptEnd, Lapse, Link, MandateRecord, Moment, RecipientKey,
    Sha256Digest, WhyEnded,
};

use crate::Phrases;
use crate::assessment::{answered, event_reason, findings, own_reason, stands};
use crate::burden::{burden_sums, entry};
use crate::clocks::{clocks, when};
use crate::counsel::counsel;
use crate::date::Zone;
use crate::demand;
use crate::duty::{Outliving, duty};
use crate::earlier::{EarlierDemand, table};
use crate::list::{slug, state};
use crate::names::Names;
use crate::review;
use lagrum_blocks::{Block, Document, Field, Ink, Table, Text};

/// What the page of a case is made from.
#[derive(Clone, Copy)]
pub struct CasePage<'a> {
    /// The case.
    pub id: &'a CaseId,
    /// What its events make of it.
    pub case: &'a Case,
    /// Its events.
    pub events: &'a [Event],
    /// Its clocks.
    pub clocks: &'a [Clock],
    /// Other demands for the same accounts.
    pub earlier: &'a [EarlierDemand],
    /// Whether the reader is counsel, who alone reads privileged notes.
    pub for_counsel: bool,
    /// Who tells whom of it, as it stands.
    pub notices: &'a [Notice],
    /// In which zone instants are told.
    pub zone: &'a Zone,
    /// What those are called who stand in it by their ids.
    pub names: Names<'a>,
}

/// The page of a case: where it stands, what is asked, the clocks, the findings and answers, the
/// mandates, and everything that happened.
#[must_use]
pub fn case_page(page: &CasePage<'_>, packs: &LawPacks, phrases: &Phrases) -> Document {
    let CasePage {
        id,
        case,
        zone,
        names,
        ..
    } = *page;
    let title = phrases.fill("case-title", &[("case", &id.to_string())]);
    let mut document = Document::new(phrases.language(), title);
    let mut head = vec![Field::new(
        phrases.word("case-state"),
        state(case.state(), phrases),
    )];
    if let Some(owner) = &case.owner {
        head.push(Field::new(
            phrases.word("case-owner"),
            (names.person)(owner),
        ));
    }
    if let Some(clock) = first_due(page.clocks)
        && case.state() != CaseState::Closed
    {
        head.push(Field::new(
            phrases.word("memo-next-due"),
            when(clock, zone, phrases),
        ));
    }
    if !case.links.is_empty() {
        let links = case.links.iter().map(|(to, how)| linked(to, *how, phrases));
        head.push(Field::lines(phrases.word("case-links"), links.collect()));
    }
    if case.closed && !case.duties.is_empty() {
        let still = Outliving::of(case, page.clocks, page.notices, zone);
        let duties = case.duties.iter();
        let duties = duties.map(|one| duty(one, Some(&still), phrases).into());
        head.push(Field::lines(phrases.word("duties"), duties.collect()));
    }
    document.fields(head);
    if let Some(why) = &case.unreadable {
        let why = phrases.marked(why);
        document.notice(
            Ink::Caution,
            phrases.fill("case-unreadable", &[("why", &why)]),
        );
    }
    document.section(phrases.word("memo-demand"));
    document.fields(arrived(case, zone, phrases));
    if let Some(demand) = &case.demand {
        counsel(&mut document, demand, Some(case), zone, phrases);
    }
    if !page.earlier.is_empty() {
        document.section(phrases.word("signing-earlier"));
        document.blocks.push(table(page.earlier, zone, phrases));
    }
    if !page.clocks.is_empty() {
        document.section(phrases.word("memo-clocks"));
        document.blocks.extend(clocks(page.clocks, zone, phrases));
    }
    if let Some(found) = &case.assessment {
        let day = phrases.day_as_of(found.as_of);
        document.section(phrases.fill("assessment-title", &[("day", &day)]));
        if let Some(demand) = &case.demand {
            let asking = demand.authority.country;
            findings(&mut document, found, asking, packs, phrases);
        }
        answers(&mut document, case, found, phrases);
    }
    if !case.mandates.is_empty() {
        document.section(phrases.word("mandates"));
        for (digest, record) in &case.mandates {
            document.part(mandate_name(digest, phrases));
            document.fields(mandate(record, case, page.events, (zone, names), phrases));
        }
    }
    if !case.burden.is_empty() {
        document.section(phrases.word("burden-title"));
        document.fields(burden_sums(&case.burden_sum(), phrases));
    }
    document.section(phrases.word("events"));
    let told = page.for_counsel;
    let table = event_table(page.events, told, (zone, names), phrases);
    document.blocks.push(table);
    document
}

/// What another case is to this one.
fn linked(to: &CaseId, how: Link, phrases: &Phrases) -> Text {
    let name = format!("event-linked-{}", how.as_str());
    phrases.fill(&name, &[("to", &to.to_string())]).into()
}

fn answers(document: &mut Document, case: &Case, found: &Assessment, phrases: &Phrases) {
    if case.answers.is_empty() {
        return;
    }
    document.section(phrases.word("answers"));
    let mut all: Vec<(usize, Text)> = Vec::new();
    for (part, decided) in case.answered_parts() {
        let mut said = stands(case, decided, part, phrases);
        if let Some(reason) = own_reason(part, &decided.reason) {
            let reason = event_reason(reason, phrases);
            said = said.then(Ink::Quiet, format!(" ({reason})"));
        }
        all.push((decided.part, said));
    }
    for place in case.waiting() {
        let said = Text::in_ink(Ink::Caution, phrases.word("answer-pending"));
        all.push((place, said));
    }
    for (place, said) in all {
        if let Some(part) = found.parts.get(place) {
            let item = answered(place, part, said, vec![], phrases);
            document.blocks.push(item);
        }
    }
}

/// Why the agent last did not carry a mandate out: which kind of reason it signed, and its own words.
#[must_use]
pub fn not_produced(record: &MandateRecord, phrases: &Phrases) -> Option<String> {
    let why = record.not_produced.as_deref()?;
    let signed = record.refusal.as_deref().and_then(Refusal::read_verified);
    Some(match signed {
        Some(refusal) => {
            let kind = match refusal.recalled {
                true => "recalled",
                false => refusal.code.as_str(),
            };
            let kind = phrases.word(&format!("agent-refused-{kind}"));
            phrases.fill("agent-refused", &[("kind", &kind), ("why", why)])
        }
        None => phrases.marked(why),
    })
}

/// A mandate: which parts it carries out, who signed it, and what became of it.
#[must_use]
pub fn mandate_page(
    digest: &Sha256Digest,
    record: &MandateRecord,
    case: &Case,
    (zone, names): (&Zone, Names<'_>),
    phrases: &Phrases,
) -> Document {
    let mut document = Document::new(phrases.language(), mandate_name(digest, phrases));
    document.fields(mandate(record, case, &[], (zone, names), phrases));
    document
}

/// What a mandate is called.
pub(crate) fn mandate_name(digest: &Sha256Digest, phrases: &Phrases) -> String {
    phrases.fill("mandate-name", &[("digest", &digest.to_string()[..12])])
}

/// What arrived, and what is known of where it came from.
#[must_use]
pub fn demand_page(case: &Case, zone: &Zone, phrases: &Phrases) -> Document {
    let mut document = Document::new(phrases.language(), phrases.word("memo-demand"));
    document.fields(arrived(case, zone, phrases));
    if let Some(demand) = &case.demand {
        counsel(&mut document, demand, Some(case), zone, phrases);
    }
    document
}

fn arrived(case: &Case, zone: &Zone, phrases: &Phrases) -> Vec<Field> {
    let mut fields = Vec::new();
    if let Some(demand) = &case.demand {
        fields.extend(demand::fields(demand, zone, phrases));
        fields.push(demand::asked(demand, zone, phrases));
        fields.extend(demand::checked(case, zone, phrases));
    }
    fields.extend(demand::originals(&case.originals, zone, phrases));
    fields
}

/// A demand as it was described, before anybody has a case of it.
#[must_use]
pub fn described(demand: &Demand, zone: &Zone, phrases: &Phrases) -> Document {
    let mut document = Document::new(phrases.language(), phrases.word("memo-demand"));
    let mut fields = demand::fields(demand, zone, phrases);
    fields.push(demand::asked(demand, zone, phrases));
    document.fields(fields);
    document
}

/// The same, as labels and values; with when it was handed over, where `events` tell it.
pub(crate) fn mandate(
    record: &MandateRecord,
    case: &Case,
    events: &[Event],
    (zone, names): (&Zone, Names<'_>),
    phrases: &Phrases,
) -> Vec<Field> {
    let parts: Vec<_> = record
        .parts
        .iter()
        .map(|part| (part + 1).to_string())
        .collect();
    let signers: Vec<_> = record
        .approvals
        .iter()
        .map(|approval| {
            let role = phrases.word(&format!("role-{}", approval.role.as_str()));
            format!("{} ({role})", approval.signer)
        })
        .collect();
    let signed = if signers.is_empty() {
        Text::in_ink(Ink::Caution, phrases.word("mandate-nobody"))
    } else {
        phrases.list(&signers).into()
    };
    let mut fields = vec![
        Field::new(phrases.word("mandate-parts"), phrases.list(&parts)),
        Field::new(phrases.word("mandate-signed-by"), signed),
    ];
    // Whoever looks later sees that it ran out, whether or not anybody recorded that.
    let text = Mandate::parse(&record.text).ok();
    if !record.is_carried_out()
        && !record.is_lapsed()
        && let Some(text) = &text
    {
        let until = phrases.instant(text.expires_at, zone);
        fields.push(Field::new(phrases.word("signing-expires"), until));
    }
    if let Some(by) = case.barred_by(record) {
        let why = match by {
            Moment::Refused => phrases.word("refusal-notified-authority-refused"),
            by => {
                let what = phrases.word(&format!("moment-{by}"));
                phrases.fill("refusal-stopped", &[("what", &what)])
            }
        };
        let mut lines = vec![Text::in_ink(Ink::Bad, why)];
        if by == Moment::ValidationRefused && record.delivered_to.is_some() {
            let ask = phrases.word("mandate-barred-delivered");
            lines.push(Text::in_ink(Ink::Bad, ask));
        }
        fields.push(Field::lines(phrases.word("mandate-barred"), lines));
    }
    if let Some(made) = record.produced {
        let mut lines = vec![Text::from(review::items(record, &made, phrases))];
        let open = unreviewed(case, record, MandateRecord::is_released);
        if open > 0 {
            let text = phrases.count("mandate-withheld", open);
            lines.push(Text::in_ink(Ink::Caution, text));
        } else if made.for_review > 0 {
            let text = phrases.count("mandate-withheld-decided", made.for_review);
            lines.push(text.into());
        }
        if is_large_for_smime(record, text.as_ref()) {
            let text = phrases.word("mandate-large-for-smime");
            lines.push(Text::in_ink(Ink::Caution, text));
        }
        lines.push(Text::in_ink(
            Ink::Quiet,
            format!("SHA-256 {}", made.package),
        ));
        fields.push(Field::lines(phrases.word("mandate-produced"), lines));
    }
    if let Some(kept) = &record.preserved {
        let sources = phrases.list(&kept.sources);
        let items = phrases.count("mandate-items", kept.items);
        let (at, key, ink) = match kept.ended {
            None => (kept.until, "mandate-preserved-until", Ink::Good),
            Some(KeptEnd { at, because }) => match because {
                WhyEnded::Expired => (at, "mandate-preserved-expired", Ink::Plain),
                WhyEnded::Recalled => (at, "mandate-preserved-recalled", Ink::Plain),
            },
        };
        let at = phrases.instant(at, zone);
        let blank = if kept.is_kept() { "until" } else { "at" };
        let mut lines = vec![
            Text::in_ink(ink, phrases.fill(key, &[(blank, &at)])),
            Text::from(items),
        ];
        if kept.for_review > 0 {
            let text = phrases.count("mandate-preserved-undated", kept.for_review);
            lines.push(text.into());
        }
        lines.push(
            phrases
                .fill("mandate-preserved-sources", &[("sources", &sources)])
                .into(),
        );
        lines.push(Text::in_ink(Ink::Quiet, format!("SHA-256 {}", kept.copy)));
        fields.push(Field::lines(phrases.word("mandate-preserved"), lines));
    }
    if let Some(why) = not_produced(record, phrases) {
        fields.push(Field::new(
            phrases.word("mandate-not-produced"),
            Text::in_ink(Ink::Bad, why),
        ));
    }
    if record.is_lapsed()
        && let Some(because) = record.lapsed
    {
        let why = match because {
            Lapse::Expired { at } => phrases.fill(
                "mandate-lapsed-expired",
                &[("at", &phrases.instant(at, zone))],
            ),
            Lapse::Recalled {} => phrases.word("mandate-lapsed-recalled"),
            Lapse::Needless {} => phrases.word("mandate-lapsed-needless"),
        };
        fields.push(Field::new(
            phrases.word("mandate-lapsed"),
            Text::in_ink(Ink::Caution, why),
        ));
    } else if record.recalled
        && record.produced.is_none()
        && !heard_recall(record)
        && record.preserved.as_ref().is_none_or(Kept::is_kept)
    {
        fields.push(Field::new(
            phrases.word("mandate-recalled"),
            Text::in_ink(Ink::Caution, phrases.word("mandate-recalled-waits")),
        ));
    }
    if let Some(to) = &record.delivered_to {
        let handed_over = |event: &&Event| match &event.what {
            EventKind::Delivered { package, .. } => {
                record.produced.is_some_and(|made| made.package == *package)
            }
            _ => false,
        };
        let event = events.iter().find(handed_over);
        let at = event.map(|event| phrases.instant(event.at, zone).into());
        let lines = std::iter::once(to.as_str().into()).chain(at);
        fields.push(Field::lines(
            phrases.word("mandate-delivered"),
            lines.collect(),
        ));
    }
    if let Some(removed) = &record.removed {
        let at = phrases.instant(removed.recorded.at, zone);
        let by = crate::demand::actor(&removed.recorded.by, phrases);
        let blanks = [("by", by.as_str()), ("at", at.as_str())];
        let mut lines = vec![Text::from(phrases.fill("mandate-removed-by", &blanks))];
        if !removed.certain {
            let text = phrases.word("mandate-removed-not-certain");
            lines.push(Text::in_ink(Ink::Caution, text));
        }
        fields.push(Field::lines(phrases.word("mandate-removed"), lines));
    }
    if let Some(told) = text.as_ref().and_then(|mandate| mandate.recipient.told()) {
        let by = (names.person)(&told.told_by);
        let blanks = [("by", by.as_str()), ("number", told.on_number.as_str())];
        let mut lines = vec![Text::from(phrases.fill("mandate-passphrase-how", &blanks))];
        let digest = Sha256Digest::of(record.text.as_bytes());
        if let Some(at) = case.told.get(&digest) {
            let at = phrases.instant(*at, zone);
            lines.push(Text::in_ink(
                Ink::Good,
                phrases.fill("mandate-passphrase-told", &[("at", &at)]),
            ));
        } else if record.produced.is_some() {
            let text = phrases.word("mandate-passphrase-not-told");
            lines.push(Text::in_ink(Ink::Caution, text));
        }
        fields.push(Field::lines(phrases.word("mandate-passphrase"), lines));
    }
    fields
}

/// Up to this length, in bytes, openssl opens a package that is sealed to an S/MIME certificate: it holds all of it in
/// memory (measured: 3.0.19 opens 1.7 GB, and not 1.9 GB).
const OPENED_BY_OPENSSL: u64 = 1_500_000_000;

/// Whether the package is sealed to an S/MIME certificate and so long that many programs do not open it.
fn is_large_for_smime(record: &MandateRecord, mandate: Option<&Mandate>) -> bool {
    let receipt = record.receipt.as_deref().and_then(Receipt::read_verified);
    let key = mandate.and_then(|one| one.recipient.key());
    let certificate = key.and_then(RecipientKey::certificate);
    receipt.is_some_and(|receipt| receipt.length > OPENED_BY_OPENSSL)
        && certificate.is_some_and(|one| one.kind == CertificateKind::X509)
}

/// What happened, in a table.
pub(crate) fn event_table<'a>(
    events: impl IntoIterator<Item = &'a Event>,
    for_counsel: bool,
    (zone, names): (&Zone, Names<'_>),
    phrases: &Phrases,
) -> Block {
    let heads = [
        "event-number",
        "event-at",
        "event-what",
        "event-who",
        "event-why",
    ];
    let rows = events.into_iter().map(|event| {
        let at = phrases.short_instant(event.at, zone);
        let at = at.replace(' ', "\u{a0}");
        vec![
            event.number.to_string().into(),
            at.into(),
            happened(event, for_counsel, (zone, names), phrases),
            demand::actor(&event.actor, phrases).into(),
            event_reason(&event.reason, phrases).into(),
        ]
    });
    Block::Table {
        table: Table {
            heads: heads
                .map(|head| match head {
                    "event-at" => {
                        format!("{} ({})", phrases.word(head), phrases.zone(zone))
                    }
                    _ => phrases.word(head),
                })
                .to_vec(),
            rows: rows.collect(),
            spare: vec![],
        },
    }
}

/// What an agent told of accounts, one after the other.
fn accounts_told(accounts: &[AccountTold], phrases: &Phrases) -> String {
    let data = |known: &AccountKnown| {
        let categories = known.categories.iter();
        let categories: Vec<_> = categories
            .map(|one| phrases.word(&format!("category-{}", one.as_str())))
            .collect();
        match categories.is_empty() {
            true => phrases.word("told-no-data"),
            false => phrases.list(&categories),
        }
    };
    let told = accounts.iter().map(|one| {
        let address = one.address.to_string();
        match &one.names {
            AccountNamed::Account { known } => phrases.fill(
                "told-account",
                &[("address", &address), ("data", &data(known))],
            ),
            AccountNamed::Alias { of, known } => phrases.fill(
                "told-alias",
                &[
                    ("address", &address),
                    ("of", &of.to_string()),
                    ("data", &data(known)),
                ],
            ),
            AccountNamed::Nobody {} => phrases.fill("told-nobody", &[("address", &address)]),
            AccountNamed::Unknown {} => phrases.fill("told-unknown", &[("address", &address)]),
        }
    });
    let told: Vec<_> = told.collect();
    format!(
        "{}: {}",
        phrases.word("event-accounts-told"),
        told.join("; ")
    )
}

/// What happened, with the instant that was recorded where that is another one. A privileged note is
/// read by counsel alone.
#[must_use]
pub fn happened(
    event: &Event,
    for_counsel: bool,
    (zone, names): (&Zone, Names<'_>),
    phrases: &Phrases,
) -> Text {
    match &event.what {
        EventKind::MilestoneRecorded { what, when, ruling } => {
            let what = phrases.sentence(&phrases.word(&format!("moment-{what}")));
            let when = phrases.short_instant(*when, zone);
            let mut said = format!("{what}: {}", when.replace(' ', "\u{a0}"));
            if let Some(ruling) = ruling {
                let went = phrases.word(&format!("web-challenge-went-{}", ruling.outcome.as_str()));
                said = format!("{said}; {went}");
                if let Some(number) = &ruling.case_number {
                    said = format!("{said} ({number})");
                }
            }
            said.into()
        }
        EventKind::Noted {
            privileged: true, ..
        } if !for_counsel => Text::in_ink(Ink::Quiet, phrases.word("event-note-privileged")),
        EventKind::NoteSealed { sealed } => {
            let people = phrases.list(&sealed.to);
            let said = phrases.fill(
                "event-note-sealed",
                &[("number", &event.number.to_string()), ("people", &people)],
            );
            Text::in_ink(Ink::Quiet, said)
        }
        EventKind::Noted { text, .. } => format!("{}: {text}", phrases.word("event-note")).into(),
        EventKind::LetterSent { letter, .. } | EventKind::LetterWaits { letter } => {
            let kind = crate::letter_kind(letter.kind, phrases);
            let by = phrases.word(&format!("channel-{}", letter.by.as_str()));
            let blanks = [
                ("kind", kind.as_str()),
                ("to", &letter.to),
                ("by", &by),
                ("digest", &letter.sha256.to_string()),
            ];
            match &event.what {
                EventKind::LetterSent {
                    taken: Some(taken), ..
                } => {
                    let taken = [
                        ("code", taken.code.to_string()),
                        ("name", taken.message_id.clone()),
                    ];
                    let taken = taken
                        .each_ref()
                        .map(|(name, value)| (*name, value.as_str()));
                    let blanks: Vec<_> = blanks.into_iter().chain(taken).collect();
                    phrases.fill("event-letter-taken", &blanks).into()
                }
                EventKind::LetterWaits { .. } => {
                    phrases.fill("event-letter-waiting", &blanks).into()
                }
                _ => phrases.fill("event-letter", &blanks).into(),
            }
        }
        EventKind::LetterNotSent { why, .. } => phrases
            .fill("event-letter-given-up", &[("why", why)])
            .into(),
        EventKind::Asked { text } => phrases.fill("event-asked-that", &[("text", text)]).into(),
        EventKind::Missed { text } => phrases.fill("event-missed-that", &[("text", text)]).into(),
        EventKind::BurdenRecorded { burden } => {
            let what = entry(burden, phrases);
            phrases
                .fill("event-time-and-cost-that", &[("what", &what)])
                .into()
        }
        EventKind::BurdenTakenBack { entry } => {
            let entry = entry.to_string();
            let name = "event-time-and-cost-taken-back-that";
            phrases.fill(name, &[("entry", &entry)]).into()
        }
        EventKind::InquiryAnswered { accounts, .. } => accounts_told(accounts, phrases).into(),
        EventKind::InquiryRefused { why, .. } => phrases
            .fill("event-accounts-not-told-why", &[("why", why)])
            .into(),
        EventKind::Linked { to, how } => linked(to, *how, phrases),
        // Whoever signed may not be who brought the signature.
        EventKind::Approved { signer, role, .. } => {
            let role = phrases.word(&format!("role-{}", role.as_str()));
            let by = format!("{} ({role})", (names.person)(signer));
            phrases.fill("event-approved-by", &[("by", &by)]).into()
        }
        EventKind::CardGiven { card } => {
            let (slot, place) = (card.slot.to_string(), card.place.to_string());
            let blanks = [("slot", slot.as_str()), ("place", place.as_str())];
            phrases.fill("event-card-given-at", &blanks).into()
        }
        EventKind::HandedToGroup { group } => phrases
            .fill(
                "event-handed-to-group-that",
                &[("group", &(names.group)(group))],
            )
            .into(),
        EventKind::Assigned { to: Some(to) } => {
            let to = (names.person)(to);
            phrases.fill("event-assigned-to", &[("to", &to)]).into()
        }
        other => {
            let name = format!("event-{}", slug(other.name()));
            phrases
                .known(&name, &[])
                .unwrap_or_else(|| phrases.marked(other.name()))
                .into()
        }
    }
}
