//! The public log, and who watches it.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use lagrum_documents::Phrases;
use lagrum_log::{Loss, Rule};
use maud::{Markup, html};

use crate::frame::{say, typed};
use crate::shown::{POLICY, Site};

pub(crate) fn page(site: &Site<'_>, words: &Phrases) -> Markup {
    let log = &site.log;
    let said = |name: &str| say(site, words, name);
    html! {
        p .lead { (said("public-log-lead")) }
        dl {
            div { dt { (said("public-log-name")) } dd { code lang="zxx" { (log.policy.log().name()) } } }
            div { dt { (said("public-log-key")) } dd { code lang="zxx" { (log.policy.log()) } } }
            div {
                dt { (said("public-log-address")) }
                dd {
                    @match log.address {
                        Some(address) => { code lang="zxx" { (address) } }
                        None => { (said("public-log-address-none")) }
                    }
                }
            }
            (state(site, words))
        }
        (witnesses(site, words))
        section {
            h2 { (said("public-log-rhythm")) }
            p { (log.rule.map_or_else(|| said("public-log-rhythm-none"), |rule| rhythm(rule, words))) }
        }
        @if !log.losses.is_empty() {
            section {
                h2 { (said("public-log-losses")) }
                @for loss in log.losses {
                    p { (lost(loss, words)) }
                    blockquote { (loss.why) }
                }
            }
        }
        section {
            h2 { (said("public-log-copy")) }
            p { (said("public-log-copy-says")) }
            (typed(site.commands.mirror))
        }
    }
}

/// The newest state that enough witnesses saw.
fn state(site: &Site<'_>, words: &Phrases) -> Markup {
    let newest = site.log.newest;
    let head = newest.head();
    let entries = words.count("public-log-entries", head.size);
    let seen: Vec<_> = newest.cosignatures().iter().collect();
    let names: Vec<_> = seen.iter().map(|one| one.witness.clone()).collect();
    html! {
        div {
            dt { (words.word("public-log-state")) }
            dd { (entries) br; code lang="zxx" { (head.root) } }
        }
        div {
            dt { (words.word("public-log-seen")) }
            dd { @if names.is_empty() { (words.word("public-log-seen-none")) } @else { (words.list(&names)) } }
        }
        @if let Some(last) = seen.iter().map(|one| one.time).max() {
            div { dt { (words.word("public-log-at")) } dd { (instant(last)) } }
        }
    }
}

fn witnesses(site: &Site<'_>, words: &Phrases) -> Markup {
    let policy = site.log.policy;
    let said = |name: &str| say(site, words, name);
    let address = |key: &_| {
        let mut all = policy.addresses();
        all.find(|(one, _)| *one == key).map(|(_, address)| address)
    };
    html! {
        section {
            h2 { (said("public-log-witnesses")) }
            @if policy.asks_no_witness() {
                p { (said("public-log-no-witnesses")) }
            } @else {
                p { (said("public-log-witnesses-lead")) }
                table {
                    thead { tr {
                        @for column in ["witness", "witness-key", "witness-address"] {
                            th scope="col" { (said(&format!("public-log-{column}"))) }
                        }
                    } }
                    tbody {
                        @for witness in policy.witnesses() {
                            tr {
                                th scope="row" { (witness.name()) }
                                td { code lang="zxx" { (witness) } }
                                td { @if let Some(address) = address(witness) { code lang="zxx" { (address) } } }
                            }
                        }
                    }
                }
            }
            @if let Some(text) = site.log.policy_text {
                p { (said("public-log-policy")) " " a href=(POLICY) { (POLICY) } }
                (typed(text))
            }
        }
    }
}

fn rhythm(rule: &Rule, words: &Phrases) -> String {
    let [every, size] = [rule.every, rule.size].map(|one| one.to_string());
    let [slots, cards] = [rule.cards_every, rule.cards].map(|one| one.to_string());
    let from = instant(rule.begins);
    let blanks = [
        ("from", &*from),
        ("every", &*every),
        ("size", &*size),
        ("slots", &*slots),
        ("cards", &*cards),
    ];
    match rule.cards {
        0 => words.fill("public-log-rhythm-plain", &blanks),
        _ => words.fill("public-log-rhythm-says", &blanks),
    }
}

fn lost(loss: &Loss, words: &Phrases) -> String {
    let [first, last, lost] = [loss.first, loss.last, loss.lost].map(|one| one.to_string());
    let at = instant(loss.at);
    words.fill(
        "public-log-loss",
        &[
            ("at", &*at),
            ("first", &*first),
            ("last", &*last),
            ("lost", &*lost),
        ],
    )
}

/// Minutes in UTC.
fn instant(seconds: u64) -> String {
    let at = i64::try_from(seconds).ok();
    let at = at.and_then(|at| Timestamp::from_second(at).ok());
    at.map_or_else(String::new, |at| {
        let at = at.to_zoned_datetime(TimeZone::UTC);
        at.strftime("%Y-%m-%d %H:%M UTC").to_string()
    })
}
