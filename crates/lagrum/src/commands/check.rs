//! `lagrum check`

use lagrum_documents::order_page;
use lagrum_model::{Language, Standing};

use crate::context::{Context, phrases, zone};
use crate::output::Failure;

/// Is everything in order? Agents, keys, the log, accounts without a source, mandates that run out
///
/// Four groups: not in order, soon, in order, and not known, which is never counted as in order. Ends with
/// exit code 3 while something is not in order.
#[derive(clap::Args)]
pub struct Check {
    /// The language: en, sv or da
    #[arg(long, value_name = "LANG", default_value = "en")]
    lang: Language,
}

impl Check {
    /// Looks, and tells.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let (found, zone, phrases) = context.at_desk(|session| {
            let desk = session.desk();
            let found = session.check()?;
            // The answer is told also where the packs cannot be used: it says so.
            let phrases = desk.law().ok().map(|packs| phrases(packs, self.lang));
            let phrases = match phrases {
                Some(phrases) => phrases?,
                None => lagrum_documents::Phrases::of(self.lang),
            };
            Ok((found, zone(desk), phrases))
        })?;
        context.output.page(&found, || {
            order_page(found.at, &found.lines, &zone, &phrases)
        })?;
        match found.count(Standing::NotInOrder) {
            0 => Ok(()),
            _ => Err(Failure::NotInOrder),
        }
    }
}
