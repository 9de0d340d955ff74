//! How everybody checks what they hold.

use lagrum_documents::Phrases;
use maud::{Markup, html};

use crate::frame::{say, typed};
use crate::shown::{KEYS, Site};

pub(crate) fn page(site: &Site<'_>, words: &Phrases) -> Markup {
    let said = |name: &str| say(site, words, name);
    let commands = &site.commands;
    html! {
        p .lead { (said("public-check-lead")) }
        p { (said("public-check-keys")) " " a href=(KEYS) { (KEYS) } }
        section {
            h2 { (said("public-check-notice")) }
            @match site.notices {
                Some(address) => p {
                    (said("public-check-notice-says")) " "
                    a href=(address) { (said("public-check-notice-page")) }
                },
                None => p { (said("public-check-notice-elsewhere")) },
            }
        }
        section {
            h2 { (said("public-check-receipt")) }
            p { (said("public-check-receipt-says")) }
            (typed(commands.receipt))
            p { (said("public-check-receipt-report")) }
            (typed(commands.counted))
        }
        section {
            h2 { (said("public-check-package")) }
            p { (said("public-check-package-says")) }
            (typed(commands.package))
        }
        section {
            h2 { (said("public-check-report")) }
            p { (said("public-check-report-says")) }
            (typed(commands.report))
            p { (said("public-check-sample")) }
        }
    }
}
