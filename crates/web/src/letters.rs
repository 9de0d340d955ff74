//! A letter as it is proposed, for every door: from the desk's facts, in the words of
//! `lagrum-documents`.

use lagrum_desk::{CommandError, Session};
use lagrum_documents::{Document, LetterFacts, Phrases, Provider, Zone, letter};
use lagrum_model::{CaseId, EmailAddress, LetterKind};

/// A letter of a kind in a case, in one language. None while the demand is not described, or where a
/// notice names no account of the case. Whether it can be sent now, [`Session::letters`] says.
///
/// # Errors
/// When there is no such case, or the person may not read it.
pub fn proposed(
    session: &mut Session<'_>,
    id: &CaseId,
    kind: LetterKind,
    account: Option<&EmailAddress>,
    phrases: &Phrases,
) -> Result<Option<Document>, CommandError> {
    let case = session.case(id)?.case;
    let notice = kind == LetterKind::Notice;
    let ours = |one: &&EmailAddress| case.accounts_to_tell().contains(*one);
    let account = account.filter(ours).filter(|_| notice);
    let code = notice.then(|| session.letter_code());
    let desk = session.desk();
    let letters = desk.letters();
    let zone = desk.zone_name().and_then(|name| Zone::named(name).ok());
    let facts = LetterFacts {
        provider: &Provider {
            name: desk.provider().to_owned(),
            contact: letters.contact.clone(),
        },
        id,
        case: &case,
        written_at: session.now(),
        zone: &zone.unwrap_or_else(Zone::utc),
        account,
        code,
        check: letters.check.as_deref(),
    };
    Ok(letter(kind, &facts, desk.law()?, phrases))
}
