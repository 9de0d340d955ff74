//! What stands around each page.

use lagrum_documents::Phrases;
use lagrum_model::Language;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::shown::Site;

/// The pages, in the order in which they are offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Page {
    Answers,
    Law,
    Log,
    Reports,
    Checks,
}

const STYLE: &str = include_str!("style.css");

impl Page {
    pub(crate) const ALL: [Self; 5] = [
        Self::Answers,
        Self::Law,
        Self::Log,
        Self::Reports,
        Self::Checks,
    ];

    /// Its file: `law.html`, and in Swedish `law.sv.html`.
    pub(crate) fn file(self, language: Language) -> String {
        let name = match self {
            Self::Answers => "index",
            Self::Law => "law",
            Self::Log => "log",
            Self::Reports => "reports",
            Self::Checks => "check",
        };
        match language {
            Language::English => format!("{name}.html"),
            other => format!("{name}.{other}.html"),
        }
    }

    /// The word by which it is offered.
    fn name(self) -> &'static str {
        match self {
            Self::Answers => "public-index",
            Self::Law => "public-law",
            Self::Log => "public-log",
            Self::Reports => "public-reports",
            Self::Checks => "public-check",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Answers => "public-index-title",
            Self::Law => "public-law-title",
            Self::Log => "public-log-title",
            Self::Reports => "public-reports-title",
            Self::Checks => "public-check-title",
        }
    }
}

/// A sentence that may name the provider.
pub(crate) fn say(site: &Site<'_>, words: &Phrases, name: &str) -> String {
    words.fill(name, &[("provider", site.provider)])
}

/// Something typed.
pub(crate) fn typed(command: &str) -> Markup {
    html! { pre { code lang="zxx" { (command) } } }
}

pub(crate) fn whole(site: &Site<'_>, page: Page, words: &Phrases, body: Markup) -> String {
    let own = words.language();
    let title = say(site, words, page.title());
    let whole = html! {
        (DOCTYPE)
        html lang=(own.as_str()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta http-equiv="Content-Security-Policy" content=(lagrum_published::POLICY);
                title { (title) }
                @for language in Language::ALL {
                    link rel="alternate" hreflang=(language.as_str()) href=(page.file(language));
                }
                link rel="alternate" hreflang="x-default" href=(page.file(Language::English));
                style { (PreEscaped(lagrum_published::STYLE)) (PreEscaped(STYLE)) }
            }
            body {
                a .skip href="#main" { (words.word("public-skip")) }
                header .site {
                    p .provider { (site.provider) }
                    nav aria-label=(words.word("public-nav")) {
                        ul {
                            @for one in Page::ALL {
                                @let current = (one == page).then_some("page");
                                li { a href=(one.file(own)) aria-current=[current] { (words.word(one.name())) } }
                            }
                        }
                    }
                    nav aria-label=(words.word("public-nav-languages")) {
                        ul {
                            @for language in Language::ALL {
                                @let current = (language == own).then_some("page");
                                @let code = language.as_str();
                                li { a href=(page.file(language)) lang=(code) hreflang=(code) aria-current=[current] { (language.own_name()) } }
                            }
                        }
                    }
                }
                main #main tabindex="-1" {
                    h1 { (title) }
                    (body)
                    footer {
                        p { (words.fill("public-made", &[("day", &words.day(site.day))])) }
                        @if !site.contact.is_empty() {
                            p {
                                (words.word("public-contact")) ": "
                                @for (at, line) in site.contact.iter().enumerate() {
                                    @if at > 0 { ", " }
                                    (line)
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    let mut text = whole.into_string();
    text.push('\n');
    text
}
