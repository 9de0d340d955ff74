//! What a page to sign says of what leaves with the mandate, and to whom.

use lagrum_mandate::{KeptIn, Mandate, SealedTo};
use lagrum_model::{AccountIdentifier, Act, CertificateKind};

use super::{Agreed, RecipientKnown, SigningPage, looked_up};
use crate::date::Zone;
use crate::review::released;
use crate::{Phrases, demand, fingerprint};
use lagrum_blocks::{Document, Field, Ink, Text};

/// What leaves: whose data, which kinds, from when to when, from where, and to whom.
pub(super) fn write(
    document: &mut Document,
    page: &SigningPage<'_>,
    mandate: &Mandate,
    agreed: &Agreed<'_>,
    phrases: &Phrases,
) {
    document.section(phrases.word(match mandate.act {
        _ if mandate.look_up.is_some() => "signing-looks-up",
        Act::Disclose if nothing(mandate) => "signing-nothing-leaves",
        _ if page.facts.only_searches(agreed.record) => "signing-searches",
        Act::Disclose => "signing-leaves",
        Act::Preserve => "signing-preserves",
    }));
    let accounts = mandate
        .identifiers
        .iter()
        .map(|account| Text::in_ink(Ink::Strong, account.to_string()));
    let kinds = mandate.categories.iter().map(|category| {
        let name = demand::kind(*category, &mandate.sub_categories, phrases);
        Text::in_ink(Ink::Strong, phrases.sentence(&name))
    });
    let mut period = vec![Text::in_ink(
        Ink::Strong,
        phrases.sentence(&phrases.period_in_zone(&mandate.period, page.zone)),
    )];
    if page.zone.name() != "UTC" {
        let utc = phrases.period_in_zone(&mandate.period, &Zone::utc());
        period.push(phrases.sentence(&utc).into());
    }
    let stored_in = agreed
        .parts()
        .find_map(|(_, part)| part.holding.as_ref())
        .map(|holding| format!(", {}", phrases.country(holding.stored_in)))
        .unwrap_or_default();
    let found = looked_up(mandate, phrases);
    if let Some(look_up) = &mandate.look_up {
        let instant = |one: &AccountIdentifier| look_up.window(one).is_some();
        period = match mandate.identifiers.iter().any(instant) {
            true => vec![
                phrases
                    .count("signing-around", look_up.seconds_around.into())
                    .into(),
            ],
            false => vec![phrases.word("signing-as-it-stands").into()],
        };
    }
    // A review names numbers: of whose account each is, it does not say.
    let of = match mandate.review {
        Some(_) => phrases.word("signing-review-accounts"),
        None => phrases.count("signing-accounts", mandate.identifiers.len() as u64),
    };
    let mut fields = vec![
        Field::lines(of, accounts.collect()),
        Field::lines(phrases.word("signing-kinds"), kinds.collect()),
        Field::lines(phrases.word("signing-period"), period),
        Field::new(
            phrases.word("signing-from"),
            format!("{}{stored_in}", mandate.region),
        ),
        Field::lines(
            phrases.word("signing-to"),
            sealed_to(page, mandate, phrases),
        ),
    ];
    if mandate.look_up.is_some() {
        fields.pop();
        fields.push(Field::new(
            phrases.word("signing-told-to"),
            phrases.fill("signing-desk-alone", &[("provider", page.provider)]),
        ));
    }
    fields.extend(found);
    if let Some(review) = &mandate.review {
        let count = match released(review) {
            0 => phrases.word("mandate-items-review-none"),
            items => phrases.count("mandate-items", items),
        };
        let count = Text::in_ink(Ink::Strong, count);
        fields.insert(
            0,
            Field::new(phrases.word("letter-production-items"), count),
        );
    }
    document.fields(fields);
}

/// Whether a mandate carries out a review that released nothing.
pub(super) fn nothing(mandate: &Mandate) -> bool {
    mandate
        .review
        .as_ref()
        .is_some_and(|review| released(review) == 0)
}

/// To whom it is sealed, and with what: a key with its fingerprint, or a passphrase with who tells it on which number.
fn sealed_to(page: &SigningPage<'_>, mandate: &Mandate, phrases: &Phrases) -> Vec<Text> {
    if let Some(kept) = mandate.recipient.kept() {
        return vec![Text::in_ink(
            Ink::Strong,
            kept_there(kept, page.zone, phrases),
        )];
    }
    let name = Text::in_ink(Ink::Strong, mandate.recipient.name().to_owned());
    let (how, known) = match &mandate.recipient {
        SealedTo::Key(recipient) => {
            let words = fingerprint(&recipient.key);
            let words = phrases.fill("signing-fingerprint", &[("words", &words)]);
            let key = Text::in_ink(Ink::Quiet, recipient.key.to_string());
            let mut lines = vec![key, words.into()];
            let named = recipient.key.certificate();
            if named.is_some_and(|named| named.kind == CertificateKind::X509) {
                let unvouched = phrases.word("signing-x509");
                lines.push(Text::in_ink(Ink::Caution, unvouched));
            }
            (lines, "signing-recipient")
        }
        SealedTo::Passphrase(told) => {
            let blanks = [
                ("by", name_of(&told.told_by, page)),
                ("number", told.on_number.as_str()),
            ];
            let said = phrases.fill("signing-passphrase", &blanks);
            let worth = phrases.word("signing-passphrase-worth");
            let lines = vec![
                Text::in_ink(Ink::Strong, said),
                Text::in_ink(Ink::Caution, worth),
            ];
            (lines, "signing-number")
        }
        SealedTo::Vault(_) => return vec![name],
    };
    let known = match page.recipient {
        RecipientKnown::Since(day) => {
            let day = phrases.day(day);
            let said = phrases.fill(&format!("{known}-known"), &[("day", &day)]);
            Text::in_ink(Ink::Good, said)
        }
        RecipientKnown::New => Text::in_ink(Ink::Caution, phrases.word(&format!("{known}-new"))),
        RecipientKnown::NotAsked => {
            Text::in_ink(Ink::Caution, phrases.word(&format!("{known}-not-asked")))
        }
    };
    let lines = std::iter::once(name).chain(how);
    lines.chain([known]).collect()
}

/// That a copy is kept, and until when.
#[must_use]
pub fn kept_there(kept: &KeptIn, zone: &Zone, phrases: &Phrases) -> String {
    let until = phrases.instant(kept.until, zone);
    let key = match kept.extends {
        None => "signing-kept",
        Some(_) => "signing-kept-longer",
    };
    phrases.fill(key, &[("until", &until)])
}

/// The name of the person whom a mandate names by this id; the id itself, where nobody who can sign has it.
pub(super) fn name_of<'a>(id: &'a str, page: &SigningPage<'a>) -> &'a str {
    let mut all = page.signers.iter();
    let found = all.find(|signer| signer.id.as_deref() == Some(id));
    found.map_or(id, |signer| signer.name.as_str())
}
