use signed_note::{Note, Verifier, VerifierList};

use crate::{NoteError, Role, VerifyingKey};

/// Puts a text and signature lines together to a note.
#[must_use]
pub fn assemble(text: &str, lines: &[&str]) -> String {
    let mut note = format!("{text}\n");
    for line in lines {
        note.push_str(line);
        note.push('\n');
    }
    note
}

/// The name of the key that a signature line claims to be made with (`— NAME SIGNATURE`); empty, if it is
/// none. Whether it was, only [`verify_note`] says.
#[must_use]
pub fn claimed_key(line: &str) -> &str {
    line.split_whitespace().nth(1).unwrap_or_default()
}

/// Divides a note, and says which of `known` signed it. A signature in the name of a known key that
/// does not fit makes the whole note invalid; signatures of others are ignored.
///
/// # Errors
/// [`NoteError`]; nobody known having signed is one.
pub fn verify_note<'k, R: Role>(
    note: &[u8],
    known: &[&'k VerifyingKey<R>],
) -> Result<(String, Vec<&'k VerifyingKey<R>>), NoteError> {
    let parsed = Note::from_bytes(note).map_err(|e| NoteError::Note(e.to_string()))?;
    let list = VerifierList::new(
        known
            .iter()
            .map(|key| Box::new((*key).clone()) as Box<dyn Verifier>)
            .collect(),
    );
    let (verified, _) = parsed
        .verify(&list)
        .map_err(|e| NoteError::Unsigned(e.to_string()))?;
    let by = known
        .iter()
        .copied()
        .filter(|key| {
            verified
                .iter()
                .any(|found| found.name() == key.name() && found.id() == key.key_id())
        })
        .collect();
    let text =
        String::from_utf8(parsed.text().to_vec()).map_err(|e| NoteError::Note(e.to_string()))?;
    Ok((text, by))
}
