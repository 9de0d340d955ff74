//! The rules in force, with their provisions and sources.

use lagrum_documents::{Phrases, explain};
use lagrum_law::{Law, LawPacks, Rule};
use lagrum_model::{Act, Effect};
use maud::{Markup, PreEscaped, html};

use crate::frame::{say, typed};
use crate::shown::{Site, SiteError};

pub(crate) fn page(site: &Site<'_>, law: &Law, words: &Phrases) -> Result<Markup, SiteError> {
    let day = words.day(site.day);
    let clocks = site.packs.clocks().rules().iter();
    let clocks = clocks.filter(|clock| clock.in_force(site.day));
    let clocks: Vec<_> = clocks
        .map(|one| (&*one.id, &*one.cite, &*one.says))
        .collect();
    let notices = site.packs.notices().rules().iter();
    let notices = notices.filter(|notice| notice.in_force(site.day));
    let notices: Vec<_> = notices
        .map(|one| (&*one.id, &*one.cite, &*one.says))
        .collect();
    Ok(html! {
        p .lead { (words.fill("public-law-lead", &[("day", &day)])) }
        p { (words.word("public-law-advice")) }
        (proved(site, words)?)
        section .packs {
            h2 { (words.word("public-law-packs")) }
            @for pack in site.packs.packs() {
                (of_pack(&words.pack(pack).title, &rules_of(law, &pack.name), site.packs, words))
            }
        }
        (others("public-law-notices", &notices, site.packs, words))
        (others("public-law-clocks", &clocks, site.packs, words))
        section {
            dl { div { dt { (words.word("public-law-digest")) } dd { code lang="zxx" { (site.packs.digest()) } } } }
        }
    })
}

fn rules_of<'l>(law: &'l Law, pack: &str) -> Vec<&'l Rule> {
    let mut rules: Vec<_> = law.rules().filter(|rule| rule.pack == pack).collect();
    rules.sort_by(|one, other| one.id.cmp(&other.id));
    rules
}

fn of_pack(title: &str, rules: &[&Rule], packs: &LawPacks, words: &Phrases) -> Markup {
    html! {
        @if !rules.is_empty() {
            details {
                summary { (title) " · " (words.count("web-law-count", rules.len() as u64)) }
                table {
                    thead { tr {
                        @for column in ["effect", "says", "source"] {
                            th scope="col" { (words.word(&format!("web-law-{column}"))) }
                        }
                    } }
                    tbody { @for rule in rules { (of_rule(rule, packs, words)) } }
                }
            }
        }
    }
}

fn of_rule(rule: &Rule, packs: &LawPacks, words: &Phrases) -> Markup {
    let effect = match rule.effect {
        Effect::Permit if rule.acts == [Act::Preserve] => "web-law-preserves",
        Effect::Permit => "web-law-permits",
        Effect::Forbid => "web-law-forbids",
    };
    html! {
        tr #(rule.id) {
            td { (words.word(effect)) }
            th scope="row" { (words.says(&rule.id, &rule.says)) }
            td { (source(&rule.id, &rule.cite, packs, words)) }
        }
    }
}

/// The provision, and behind it what applies and how far it was read.
fn source(id: &str, cite: &str, packs: &LawPacks, words: &Phrases) -> Markup {
    let cite = words.cite(id, cite);
    let made = explain(packs, id, words).map(|made| made.document().to_html());
    // The heading is the name of the rule, which stands in the row already.
    let made = made.map(|made| match made.split_once("</h1>") {
        Some((_, body)) => body.replace("</article>", ""),
        None => made,
    });
    html! {
        (cite)
        @if let Some(made) = made {
            details {
                summary { (words.word("public-law-conditions")) }
                div .document { (PreEscaped(made)) }
            }
        }
    }
}

/// Times and notices.
fn others(heading: &str, all: &[(&str, &str, &str)], packs: &LawPacks, words: &Phrases) -> Markup {
    html! {
        section .packs {
            h2 { (words.word(heading)) }
            details {
                summary { (words.count("web-law-count", all.len() as u64)) }
                table {
                    thead { tr {
                        th scope="col" { (words.word("web-law-says")) }
                        th scope="col" { (words.word("web-law-source")) }
                    } }
                    tbody {
                        @for (id, cite, says) in all {
                            tr #(id) {
                                th scope="row" { (words.says(id, says)) }
                                td { (source(id, cite, packs, words)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What a solver proves of the rules that come with the program, and whether these are those.
fn proved(site: &Site<'_>, words: &Phrases) -> Result<Markup, SiteError> {
    let built_in = LawPacks::embedded()?;
    let are_those = built_in.digest() == site.packs.digest();
    let which = match are_those {
        true => "public-law-proved-own",
        false => "public-law-proved-other",
    };
    Ok(html! {
        section .note {
            h2 { (words.word("public-law-proved")) }
            p { (words.word(which)) }
            ul { @for name in invariants(&built_in) { li { (say(site, words, &name)) } } }
            p { (words.word("public-law-proved-repeat")) }
            (typed(site.commands.prove))
        }
    })
}

/// The sentences that say what is proved, by their names.
pub(crate) fn invariants(packs: &LawPacks) -> Vec<String> {
    let texts = packs.invariants().iter();
    let named = texts.flat_map(|(_, text)| text.lines());
    let named = named.filter_map(|line| line.trim().strip_prefix("@id(\"invariant."));
    let named = named.filter_map(|rest| Some(rest.split_once('"')?.0.replace('.', "-")));
    named.map(|name| format!("public-proved-{name}")).collect()
}
