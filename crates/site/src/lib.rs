//! What a provider shows everybody: how demands are answered and what enforces it, the rules in force with their
//! sources, the log and its witnesses, the reports, and how each of these is checked. Plain files in English, Swedish and
//! Danish, which anybody can mirror; the reports' own pages are those of `lagrum-published`.
//!
//! **Invariant.** [`files()`] says nothing but what follows from what it is given: the same input gives the same bytes. A
//! promise is said to be enforced only where this program enforces it, and what no stranger can check is said beside it.
//! Nothing here reads a clock or a file.

mod answers;
mod checks;
mod frame;
mod law;
mod log;
mod reports;
mod shown;
#[cfg(test)]
mod tests;

use lagrum_documents::Texts;
use lagrum_model::Language;

pub use shown::{Commands, KEYS, Logged, POLICY, PublicLog, ReportLine, Site, SiteError};

use crate::frame::Page;

/// The files and their names. [`KEYS`], and [`POLICY`] where it names witnesses, are not among them: the pages link to them.
///
/// # Errors
/// [`SiteError`].
pub fn files(site: &Site<'_>) -> Result<Vec<(String, Vec<u8>)>, SiteError> {
    let texts = Texts::new(site.packs)?;
    let law = site.packs.in_force(site.day)?;
    let mut files = Vec::new();
    for language in Language::ALL {
        let words = texts.phrases(language);
        for page in Page::ALL {
            let body = match page {
                Page::Answers => answers::page(site, &words),
                Page::Law => law::page(site, &law, &words)?,
                Page::Log => log::page(site, &words),
                Page::Reports => reports::page(site, &words),
                Page::Checks => checks::page(site, &words),
            };
            let whole = frame::whole(site, page, &words, body);
            files.push((page.file(language), whole.into_bytes()));
        }
    }
    Ok(files)
}
