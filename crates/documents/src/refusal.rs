//! Why something is not possible, in words. What to do about it in a program is said by that
//! program: no text here names a command.

use lagrum_model::{Addressee, DemandError, Disposition, Refusal};

use crate::duty::{duty, sender_warning};
use crate::fluent::Value;
use crate::signing::SigningError;
use crate::{Phrases, Zone};
use lagrum_blocks::one_line;

/// Why a command was refused, in one or two sentences. Parts are counted from 1.
#[must_use]
pub fn refusal(refusal: &Refusal, zone: &Zone, phrases: &Phrases) -> String {
    let name = format!("refusal-{}", refusal.code());
    let number = |part: usize| Value::from((part + 1).to_string());
    let disposition =
        |one: Disposition| Value::from(phrases.word(&format!("disposition-{}", one.as_str())));
    match refusal {
        Refusal::Empty { field } => {
            let field = phrases
                .known(&format!("field-{field}"), &[])
                .unwrap_or_else(|| format!("`{field}`"));
            phrases.say(&name, &[("field", field.into())])
        }
        Refusal::TooMuch { field, most } => {
            let field = phrases.word(&format!("field-{field}"));
            let blanks = [("field", field.into()), ("most", Value::from(*most))];
            phrases.say(&name, &blanks)
        }
        Refusal::UnknownCurrency { currency } => {
            phrases.fill(&name, &[("currency", currency.as_str())])
        }
        Refusal::NoSuchEntry { entry } => phrases.fill(&name, &[("entry", &entry.to_string())]),
        Refusal::OnlyCounsel { what } => {
            let what = format!("{what:?}");
            phrases.word(&format!("{name}-{}", kebab(&what)))
        }
        Refusal::OutOfOrder { earlier, later } => {
            let earlier = phrases.word(&format!("moment-{earlier}"));
            let later = phrases.word(&format!("moment-{later}"));
            let earlier = phrases.sentence(&earlier);
            phrases.fill(&name, &[("earlier", &earlier), ("later", &later)])
        }
        Refusal::NoRuling { what } => {
            let what = phrases.word(&format!("moment-{what}"));
            phrases.fill(&name, &[("what", &what)])
        }
        Refusal::InTheFuture { what, when } => {
            let what = phrases.sentence(&phrases.word(&format!("moment-{what}")));
            let when = phrases.instant(*when, zone);
            phrases.fill(&name, &[("what", &what), ("when", &when)])
        }
        Refusal::PartFixed { part }
        | Refusal::PartPending { part }
        | Refusal::EmptyPeriod { part }
        | Refusal::GroundMissing { part }
        | Refusal::ReasonMissing { part } => phrases.say(&name, &[("part", number(*part))]),
        Refusal::NoSuchPart { part, parts } => phrases.say(
            &name,
            &[
                ("part", number(*part)),
                ("count", Value::from(*parts as u64)),
            ],
        ),
        Refusal::OneAnswerEach { open } => phrases.count(&name, *open as u64),
        Refusal::LaxerThanLaw {
            part,
            proposed,
            answered,
        } => phrases.say(
            &name,
            &[
                ("part", number(*part)),
                ("proposed", disposition(*proposed)),
                ("answered", disposition(*answered)),
            ],
        ),
        Refusal::MandateExpired { at } | Refusal::MayBeCarriedOut { until: at } => {
            phrases.fill(&name, &[("when", &phrases.instant(*at, zone))])
        }
        Refusal::LawChanged { part, was, now } => phrases.say(
            &name,
            &[
                ("part", number(*part)),
                ("was", disposition(*was)),
                ("now", disposition(*now)),
            ],
        ),
        Refusal::NoSuchMandate { mandate } => {
            phrases.fill(&name, &[("mandate", &mandate.to_string())])
        }
        Refusal::TooLarge { file_name, limit } => phrases.say(
            &name,
            &[
                ("file", file_name.as_str().into()),
                ("limit", Value::from(*limit)),
            ],
        ),
        Refusal::Unreadable { file_name, error } => {
            let why = demand_error(error, phrases);
            phrases.fill(&name, &[("file", file_name), ("why", &why)])
        }
        Refusal::NoLetter { kind, why } => {
            let kind = crate::letter_kind(*kind, phrases);
            let why = crate::no_letter(why, zone, phrases);
            phrases.fill(&name, &[("kind", &kind), ("why", &why)])
        }
        Refusal::Stopped { by } => {
            let what = phrases.word(&format!("moment-{by}"));
            phrases.fill(&name, &[("what", &what)])
        }
        Refusal::SenderWarnings { warnings } => {
            let all = warnings.iter().map(|one| sender_warning(one, phrases));
            let warnings = all.collect::<Vec<_>>().join(" ");
            phrases.fill(&name, &[("warnings", &warnings)])
        }
        Refusal::DutiesRun { duties } => {
            let all = duties.iter().map(|one| duty(one, None, phrases));
            let duties = all.collect::<Vec<_>>().join(" ");
            phrases.fill(&name, &[("duties", &duties)])
        }
        Refusal::CalledInTheFuture { when } => {
            phrases.fill(&name, &[("when", &phrases.instant(*when, zone))])
        }
        Refusal::NoCompany {
            addressee,
            companies,
        } => {
            let mut countries = companies.iter().map(|one| one.country);
            let why = match companies.is_empty() {
                true => "-nobody",
                false if countries.any(|one| one == addressee.country) => "-name",
                false => "",
            };
            let named = |one: &Addressee| {
                let country = phrases.country(one.country);
                format!("{} ({country})", one_line(&one.entity))
            };
            let all: Vec<_> = companies.iter().map(named).collect();
            phrases.fill(
                &format!("{name}{why}"),
                &[
                    ("company", &named(addressee)),
                    ("country", &phrases.country(addressee.country)),
                    ("companies", &phrases.list(&all)),
                ],
            )
        }
        Refusal::AccountsNotTold { regions } => {
            let regions: Vec<_> = regions.iter().map(ToString::to_string).collect();
            phrases.fill(&name, &[("regions", &phrases.list(&regions))])
        }
        Refusal::NoAgent { region } => phrases.fill(&name, &[("region", region.as_str())]),
        Refusal::NoOwnMachineSigned { region, people } => {
            let nobody = if people.is_empty() { "-nobody" } else { "" };
            phrases.fill(
                &format!("{name}{nobody}"),
                &[("region", region.as_str()), ("people", &people.join(", "))],
            )
        }
        Refusal::NotOnRoster { key } => phrases.fill(&name, &[("key", key)]),
        Refusal::AuthorityOfAnotherGroup { authority } => {
            phrases.fill(&name, &[("authority", authority)])
        }
        Refusal::NotOfAuthority { address } => phrases.fill(&name, &[("address", address)]),
        Refusal::UnknownPerson { id }
        | Refusal::UnknownGroup { id }
        | Refusal::OfAnotherGroup { id } => phrases.fill(&name, &[("id", id)]),
        Refusal::NoSuchOriginal { number, originals } => phrases.say(
            &name,
            &[
                ("number", number.to_string().into()),
                ("count", Value::from(*originals as u64)),
            ],
        ),
        Refusal::AlreadySigned { signer } => phrases.fill(&name, &[("signer", signer)]),
        Refusal::SignatureMissing { have } => phrases.count(&name, *have as u64),
        Refusal::PartsPending { parts } => {
            let numbers: Vec<_> = parts.iter().map(|part| (part + 1).to_string()).collect();
            let list = phrases.list(&numbers);
            phrases.say(
                &name,
                &[
                    ("count", Value::from(parts.len() as u64)),
                    ("parts", list.into()),
                ],
            )
        }
        _ => phrases.word(&name),
    }
}

/// Why a demand file could not be read. What is wrong with a field is said in English, in the words
/// of the file.
#[must_use]
pub fn demand_error(error: &DemandError, phrases: &Phrases) -> String {
    match error {
        DemandError::Foreign(kind) => phrases.word(&format!("demand-error-{}", kind.as_str())),
        DemandError::NotText(why) => {
            phrases.fill("demand-error-not-text", &[("why", &phrases.marked(why))])
        }
        DemandError::Field { field, why } => phrases.fill(
            "demand-error-field",
            &[("field", field), ("why", &phrases.marked(why))],
        ),
    }
}

/// Why there is nothing to sign.
#[must_use]
pub fn signing_error(error: &SigningError, phrases: &Phrases) -> String {
    match error {
        SigningError::Text(_) => phrases.word("signing-error-text"),
        SigningError::Differs(what) => {
            let what = phrases.word(&format!("signing-differs-{}", what.code()));
            phrases.fill("signing-error-differs", &[("what", &what)])
        }
    }
}

/// The name of a variant as codes are written.
fn kebab(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.extend(c.to_lowercase());
    }
    out
}
