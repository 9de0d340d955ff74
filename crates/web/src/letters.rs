//! A letter as it is proposed, for every door: from the desk's facts, in the words of
//! `lagrum-documents`.

use jiff::Timestamp;
use lagrum_desk::{CommandError, Desk, OpenError, Session};
use lagrum_documents::{Document, LetterFacts, Phrases, Provider, TextError, Texts, Zone, letter};
use lagrum_model::{Case, CaseId, EmailAddress, Language, LetterCode, LetterKind};

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
    let written_at = session.now();
    let to = (account, code);
    of_case(session.desk(), (id, &case), kind, to, written_at, phrases)
}

/// A letter of a kind in a case as it stands, or as it would stand.
pub(crate) fn of_case(
    desk: &Desk,
    (id, case): (&CaseId, &Case),
    kind: LetterKind,
    (account, code): (Option<&EmailAddress>, Option<LetterCode>),
    written_at: Timestamp,
    phrases: &Phrases,
) -> Result<Option<Document>, CommandError> {
    let letters = desk.letters();
    let zone = desk.zone_name().and_then(|name| Zone::named(name).ok());
    let facts = LetterFacts {
        provider: &Provider {
            name: desk.provider().to_owned(),
            contact: letters.contact.clone(),
        },
        id,
        case,
        written_at,
        zone: &zone.unwrap_or_else(Zone::utc),
        account,
        code,
        check: letters.check.as_deref(),
    };
    let own = own_words(desk, phrases.language())?;
    let phrases = own.as_ref().unwrap_or(phrases);
    Ok(letter(kind, &facts, desk.law()?, phrases))
}

/// The words of a language with the provider's own in its letters, if it has any.
fn own_words(desk: &Desk, language: Language) -> Result<Option<Phrases>, OpenError> {
    let Some((file, text)) = desk.letter_texts(language)? else {
        return Ok(None);
    };
    let wrong = |error: TextError| OpenError::Config {
        file: error.path,
        why: error.why,
    };
    let texts = Texts::new(desk.law()?).map_err(wrong)?;
    let texts = texts.with_letters(language, &file.display().to_string(), &text);
    Ok(Some(texts.map_err(wrong)?.phrases(language)))
}

/// Why a letter cannot be had as a PDF.
#[derive(Debug, thiserror::Error)]
pub enum NoPdf {
    /// The program was built without.
    #[error(
        "this program was built without PDF: build it with the feature `pdf`, or print the text"
    )]
    NotBuilt,
    /// The typeface lacks a character.
    #[error("the typeface of letters has no `{0}`; write it in another way")]
    NoGlyph(char),
    /// It cannot be written.
    #[error("{0}")]
    Failed(String),
}

/// Whether this program makes PDF files.
pub const MAKES_PDF: bool = cfg!(feature = "pdf");

/// The text of a letter as a tagged PDF, by `author`, written at `at` (UTC).
///
/// # Errors
/// [`NoPdf`].
pub fn pdf(text: &str, language: Language, author: &str, at: Timestamp) -> Result<Vec<u8>, NoPdf> {
    made(&Document::of_letter(text, language), author, at)
}

#[cfg(feature = "pdf")]
fn made(document: &Document, author: &str, at: Timestamp) -> Result<Vec<u8>, NoPdf> {
    use lagrum_paper::{PaperError, Sheet};
    let sheet = Sheet {
        author,
        written_at: Some(at),
    };
    lagrum_paper::pdf(document, &sheet).map_err(|error| match error {
        PaperError::NoGlyph(c) => NoPdf::NoGlyph(c),
        other => NoPdf::Failed(other.to_string()),
    })
}

#[cfg(not(feature = "pdf"))]
fn made(_: &Document, _: &str, _: Timestamp) -> Result<Vec<u8>, NoPdf> {
    Err(NoPdf::NotBuilt)
}
