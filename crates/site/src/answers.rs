//! What the provider promises, what enforces each point, and how it is checked.

use lagrum_documents::Phrases;
use maud::{Markup, html};

use crate::frame::say;
use crate::shown::Site;

/// The points of the promise.
const POINTS: u8 = 9;
/// The point about figures, which holds as far as the log has cards.
const FIGURES: u8 = 8;
/// What nobody outside can check.
const NOT_SHOWN: u8 = 3;

pub(crate) fn page(site: &Site<'_>, words: &Phrases) -> Markup {
    let said = |name: &str| say(site, words, name);
    let has_cards = site.log.rule.is_some_and(|rule| rule.cards > 0);
    html! {
        p .lead { (said("public-index-lead")) }
        ol .points {
            @for point in 1..=POINTS {
                @let of = |part: &str| said(&format!("public-promise-{point}{part}"));
                li {
                    h2 { (of("")) }
                    p { (of("-says")) }
                    @if point == FIGURES && !has_cards {
                        p { (of("-no-cards")) }
                    } @else {
                        div .halves {
                            div { h3 { (said("public-enforced")) } p { (of("-enforced")) } }
                            div { h3 { (said("public-checked")) } p { (of("-checked")) } }
                        }
                    }
                }
            }
        }
        section .note {
            h2 { (said("public-not-shown")) }
            ul { @for one in 1..=NOT_SHOWN { li { (said(&format!("public-not-shown-{one}"))) } } }
        }
    }
}
