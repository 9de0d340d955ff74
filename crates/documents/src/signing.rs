//! The page that a person reads before signing a mandate.
//!
//! It is made of the mandate's exact text and of the case's events, and of nothing that the person
//! cannot hold in a file: on the person's own machine it reads the same as at the desk. Where the
//! mandate says anything else than the case, there is no page, and nothing to sign.

mod check;
mod leaves;
pub use leaves::kept_there;
mod together;

use jiff::Timestamp;
use jiff::civil::Date;
use lagrum_mandate::{Mandate, SignedTextError};
use lagrum_model::{
    Act, Assessment, Case, CaseId, Demand, MandateRecord, Part, Role, Sha256Digest,
};
use serde::{Deserialize, Serialize};
pub use together::Together;

use crate::Phrases;
use crate::assessment::{answered, event_reason, own_reason, reasons, to_be_signed};
use crate::counsel::counsel;
use crate::date::Zone;
use crate::earlier::{EarlierDemand, table};
use crate::review::decisions;
use crate::{demand, in_words};
use lagrum_blocks::{Block, Document, Field, Ink, Text};

/// What the page is made from.
#[derive(Clone, Copy)]
pub struct SigningPage<'a> {
    /// The provider's name.
    pub provider: &'a str,
    /// The case.
    pub case: &'a CaseId,
    /// What its events make of it.
    pub facts: &'a Case,
    /// The exact text that is signed.
    pub text: &'a str,
    /// All that is signed in the same sitting, this text among it. What concerns the whole demand stands on
    /// the page of the first. Absent: this text alone.
    pub together: Option<&'a Together<'a>>,
    /// Demands that came before for the same accounts.
    pub earlier: &'a [EarlierDemand],
    /// Who can sign, and who has.
    pub signers: &'a [Signer],
    /// The zone in which people read the period, beside UTC: that of the authority or the provider.
    pub zone: &'a Zone,
    /// What the person who signs knows of the recipient's key, and not from the desk.
    pub recipient: RecipientKnown,
}

/// What a person who signs knows of the recipient's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecipientKnown {
    /// It is in the person's own list of recipients, since that day.
    Since(Date),
    /// It is not in that list.
    New,
    /// The person has no list.
    NotAsked,
}

/// Somebody who can sign the mandate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signer {
    /// The person's id on the roster, by which a mandate names who decided something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Full name.
    pub name: String,
    /// In which role.
    pub role: Role,
    /// When the person signed (UTC), if so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_at: Option<Timestamp>,
}

/// Why there is no page, and nothing may be signed.
#[derive(Debug, thiserror::Error)]
pub enum SigningError {
    /// The text is not a mandate.
    #[error(transparent)]
    Text(#[from] SignedTextError),
    /// The mandate says something else than the case.
    #[error("the mandate and the case differ: {0}")]
    Differs(Difference),
}

/// In what a mandate and its case differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Difference {
    /// It was not drafted in this case.
    Case,
    /// The demand is not described or assessed, or was described anew since.
    Demand,
    /// The reference or the provision is another.
    Reference,
    /// The facts that the law is applied to are others, or the demand is not verified and confirmed.
    Facts,
    /// An account or a category is not among the parts that were decided to be produced here.
    Scope,
    /// The period is longer than the demand's.
    Period,
    /// It is sealed to somebody else.
    Recipient,
    /// What the package will say of the rest of the demand is not how that was answered.
    Others,
}

impl Difference {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Case,
        Self::Demand,
        Self::Reference,
        Self::Facts,
        Self::Scope,
        Self::Period,
        Self::Recipient,
        Self::Others,
    ];

    /// In one word, for machines.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Demand => "demand",
            Self::Reference => "reference",
            Self::Facts => "facts",
            Self::Scope => "scope",
            Self::Period => "period",
            Self::Recipient => "recipient",
            Self::Others => "others",
        }
    }
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.code())
    }
}

/// The page to read before signing: who asks, on what, what leaves, what does not and why, who was
/// asked for before, who else signs.
///
/// # Errors
/// [`SigningError`], if the text is not a mandate or says anything else than the case.
pub fn signing_page(page: &SigningPage<'_>, phrases: &Phrases) -> Result<Document, SigningError> {
    let mandate = Mandate::parse(page.text)?;
    let alone;
    let together = match page.together {
        Some(together) => together,
        None => {
            alone = Together::of(page.facts, &[page.text]);
            &alone
        }
    };
    let agreed = check::agreed(page, together, &mandate).map_err(SigningError::Differs)?;
    let place = together.place(&Sha256Digest::of(page.text.as_bytes()));
    let case = page.case.to_string();
    let title = match together.count() {
        0 | 1 => phrases.fill("signing-title", &[("case", &case)]),
        several => {
            let (place, of) = ((place + 1).to_string(), several.to_string());
            let blanks = [("case", case.as_str()), ("place", &place), ("of", &of)];
            phrases.fill("signing-title-of-several", &blanks)
        }
    };
    let mut document = Document::new(phrases.language(), title);
    let intro = match mandate.act {
        _ if mandate.look_up.is_some() => "signing-intro-look-up",
        Act::Disclose if leaves::nothing(&mandate) => "signing-intro-review-none",
        Act::Disclose if mandate.review.is_some() => "signing-intro-review",
        Act::Disclose => "signing-intro",
        Act::Preserve => "signing-intro-preserve",
    };
    document.paragraph(phrases.fill(
        intro,
        &[
            ("provider", page.provider),
            ("region", mandate.region.as_str()),
            ("recipient", mandate.recipient.name()),
        ],
    ));
    leaves::write(&mut document, page, &mandate, &agreed, phrases);
    if let Some(review) = &mandate.review {
        document.section(phrases.word("summary-review"));
        document.paragraph(phrases.fill(
            "signing-review-by",
            &[("by", leaves::name_of(&review.by, page))],
        ));
        let lines = decisions(review, phrases);
        document.blocks.extend(demand::bullets(lines));
    }
    let first = place == 0;
    if first {
        document.section(phrases.word("signing-who"));
        let mut fields = demand::fields(agreed.demand, page.zone, phrases);
        fields.extend(demand::checked(page.facts, page.zone, phrases));
        fields.extend(demand::originals(&page.facts.originals, page.zone, phrases));
        document.fields(fields);
        let (demand, facts) = (agreed.demand, Some(page.facts));
        counsel(&mut document, demand, facts, page.zone, phrases);
    }
    document.section(phrases.word(match () {
        () if leaves::nothing(&mandate) => "signing-review-search",
        () if page.facts.only_searches(agreed.record) => "signing-why-search",
        () => "signing-why",
    }));
    for (place, part) in agreed.parts() {
        let item = one_part(place, part, together, vec![], phrases);
        document.blocks.push(item);
    }
    if first {
        stays(&mut document, together, &agreed, mandate.act, phrases);
    }
    if mandate.review.is_none() && mandate.look_up.is_none() {
        document.paragraph(phrases.word("signing-undated"));
    }
    if first {
        earlier(&mut document, page, phrases);
    } else {
        document.paragraph(phrases.fill(
            "signing-on-the-first",
            &[("of", &together.count().to_string())],
        ));
    }
    signers(&mut document, page, &mandate, phrases);
    Ok(document)
}

/// What a mandate and its case agree on.
pub(crate) struct Agreed<'a> {
    demand: &'a Demand,
    assessment: &'a Assessment,
    record: &'a MandateRecord,
}

impl<'a> Agreed<'a> {
    /// The parts that the mandate carries out.
    fn parts(&self) -> impl Iterator<Item = (usize, &'a Part)> {
        let all: &'a Assessment = self.assessment;
        let places = self.record.parts.iter();
        places.filter_map(|place| Some((*place, all.parts.get(*place)?)))
    }
}

/// What was found out of those whom the demand names by something else than an account's address.
pub(crate) fn looked_up(mandate: &Mandate, phrases: &Phrases) -> Option<Field> {
    let lines = mandate.found.iter().map(|one| {
        let account = one.account.as_ref().map(ToString::to_string);
        let sources = one.looked_in.iter().map(|one| {
            let mut text = phrases.fill(
                "looked-in",
                &[
                    ("source", &one.source),
                    ("matched", &one.matched.to_string()),
                    ("examined", &one.examined.to_string()),
                ],
            );
            if one.unreadable > 0 {
                text.push_str(&phrases.count("looked-in-unreadable", one.unreadable));
            }
            if !one.port {
                text.push_str(&phrases.word("looked-in-no-port"));
            }
            text
        });
        let sources: Vec<_> = sources.collect();
        let text = format!(
            "{} → {} ({})",
            one.identifier,
            account.unwrap_or_default(),
            sources.join("; ")
        );
        Text::from(text)
    });
    let lines: Vec<_> = lines.collect();
    (!lines.is_empty()).then(|| Field::lines(phrases.word("looked-up"), lines))
}

/// One part with its answer and why.
fn one_part(
    place: usize,
    part: &Part,
    together: &Together<'_>,
    more: Vec<Block>,
    phrases: &Phrases,
) -> Block {
    let decided = together.answer(place);
    let said = decided.map_or_else(
        || Text::in_ink(Ink::Caution, phrases.word("answer-pending")),
        |decided| to_be_signed(decided, part, phrases),
    );
    let mut blocks = more;
    if let Some(reason) = decided.and_then(|decided| own_reason(part, &decided.reason)) {
        let reason = event_reason(reason, phrases);
        let reason = Field::new(phrases.word("answer-reason"), reason);
        blocks.push(Block::Fields {
            fields: vec![reason],
        });
    }
    blocks.extend(reasons(part, None, phrases));
    answered(place, part, said, blocks, phrases)
}

/// What does not leave with what is signed here, and why: once for all that is signed together.
fn stays(
    document: &mut Document,
    together: &Together<'_>,
    agreed: &Agreed<'_>,
    act: Act,
    phrases: &Phrases,
) {
    document.section(phrases.word(match act {
        Act::Disclose => "signing-stays",
        Act::Preserve => "signing-stays-preserve",
    }));
    let before = document.blocks.len();
    let all = agreed.assessment.parts.iter().enumerate();
    for (place, part) in all.filter(|(place, _)| !together.has(*place)) {
        let more = if together.is_by_mandate(place) {
            let text = phrases.word("signing-other-mandate");
            vec![Block::paragraph(Text::in_ink(Ink::Caution, text))]
        } else {
            vec![]
        };
        document
            .blocks
            .push(one_part(place, part, together, more, phrases));
    }
    if document.blocks.len() == before {
        document.paragraph(phrases.word(match together.count() {
            0 | 1 => "signing-all-leaves",
            _ => "signing-all-leaves-together",
        }));
    }
}

/// Demands that came before for the same accounts.
fn earlier(document: &mut Document, page: &SigningPage<'_>, phrases: &Phrases) {
    document.section(phrases.word("signing-earlier"));
    if page.earlier.is_empty() {
        document.paragraph(phrases.word("signing-none-earlier"));
        return;
    }
    document
        .blocks
        .push(table(page.earlier, page.zone, phrases));
}

/// Who signs, and how to see that it is this mandate.
fn signers(document: &mut Document, page: &SigningPage<'_>, mandate: &Mandate, phrases: &Phrases) {
    document.section(phrases.word("signing-signers"));
    document.paragraph(phrases.word("signing-rule"));
    let lines = page.signers.iter().map(|signer| {
        let role = phrases.word(&format!("role-{}", signer.role.as_str()));
        let text = Text::from(format!("{} ({role}): ", signer.name));
        match signer.signed_at {
            Some(at) => {
                let at = phrases.instant(at, page.zone);
                text.then(Ink::Good, phrases.fill("signing-signed", &[("at", &at)]))
            }
            None => text.then(Ink::Plain, phrases.word("signing-not-signed")),
        }
    });
    document.blocks.extend(demand::bullets(lines.collect()));
    let digest = Sha256Digest::of(page.text.as_bytes());
    document.section(phrases.word("signing-mandate"));
    document.fields(vec![
        Field::new(
            phrases.word("signing-words"),
            Text::in_ink(Ink::Strong, in_words(&digest)),
        ),
        Field::new("SHA-256", digest.to_string()),
        Field::new(
            phrases.word("signing-drafted"),
            phrases.instant_both(mandate.issued_at, page.zone),
        ),
        Field::new(
            phrases.word("signing-expires"),
            phrases.instant_both(mandate.expires_at, page.zone),
        ),
    ]);
    document.paragraph(phrases.word("signing-compare"));
}
