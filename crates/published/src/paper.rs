//! The report as tagged PDF, to print and to keep.

use lagrum_model::Language;

use crate::words::{Words, words};
use crate::{NoPaper, Published};

/// One in each language, or none at all.
pub(crate) fn papers(published: &Published<'_>) -> Result<Vec<(&'static str, Vec<u8>)>, NoPaper> {
    let all = Language::ALL.into_iter().map(|language| {
        let words = words(language);
        Ok((words.paper, paper(published, words)?))
    });
    all.collect()
}

/// That in one language. The file does not say when it was made: nothing here reads a clock.
#[cfg(any(feature = "pdf", test))]
pub(crate) fn paper(published: &Published<'_>, words: &'static Words) -> Result<Vec<u8>, NoPaper> {
    let sheet = lagrum_paper::Sheet {
        author: published.provider,
        written_at: None,
    };
    let document = crate::document::document(published, words);
    lagrum_paper::pdf(&document, &sheet).map_err(|why| NoPaper::NotSet(why.to_string()))
}

#[cfg(not(any(feature = "pdf", test)))]
fn paper(_: &Published<'_>, _: &Words) -> Result<Vec<u8>, NoPaper> {
    Err(NoPaper::NotBuilt)
}
