//! Authorities whose contact details were checked.

use maud::html;

use crate::error::Problem;
use crate::form::encoded;
use crate::look::{Frame, page};
use crate::pages::people::person;
use crate::reply::Reply;
use crate::visit::Visit;

/// All of them.
pub(crate) fn all(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let known = &visit.desk.authorities()?.authorities;
    let words = visit.phrases();
    let title = visit.say("web-nav-authorities");
    let frame = Frame {
        title: &title,
        at: "authorities",
        ..Frame::default()
    };
    let mut sorted: Vec<_> = known.iter().collect();
    sorted.sort_by(|one, other| {
        (words.country(one.country), &one.name).cmp(&(words.country(other.country), &other.name))
    });
    Ok(page(
        visit,
        200,
        &frame,
        html! {
            div.lead {
                h1 { (title) }
                span { (visit.count("web-authorities-count", sorted.len() as u64)) }
            }
            p { (visit.say("web-authorities-lead")) }
            p { a href="/officers" { (visit.say("door-officers")) } }
            @if sorted.is_empty() {
                p.unknown { (visit.say("web-authorities-none")) }
            } @else {
                table.list {
                    thead { tr {
                        @for column in ["name", "country", "number", "domains", "key"] {
                            th scope="col" { (visit.say(&format!("web-authority-{column}"))) }
                        }
                    } }
                    tbody {
                        @for one in sorted {
                            tr {
                                th scope="row" {
                                    a href=(format!("/cases?view=open&authority={}", encoded(&one.name))) { (one.name) }
                                    span.second { (words.word(&format!("web-authority-kind-{}", one.kind.as_str()))) }
                                }
                                td { (words.country(one.country)) }
                                td { (one.telephone) }
                                td { (one.domains.join(", ")) }
                                td {
                                    @match (&one.recipient_key, one.told()) {
                                        (Some(key), _) => (lagrum_documents::fingerprint(key)),
                                        (None, Some(told)) => (visit.fill("web-authority-passphrase", &[("by", &person(visit, &told.told_by))])),
                                        (None, None) => span.unknown { (visit.say("web-authority-no-key")) },
                                    }
                                }
                            }
                        }
                    }
                }
            }
        },
    ))
}
