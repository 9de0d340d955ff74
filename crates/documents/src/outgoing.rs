//! Mails that the desk sends by itself: they name a case or lead to a page, and say nothing of a demand.

use jiff::Timestamp;
use lagrum_model::{CaseId, NewsKind};

use crate::Phrases;
use crate::date::Zone;

/// A mail: subject and text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlainMail {
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
}

/// News for somebody of the desk. `link`: where it leads, if that is known.
#[must_use]
pub fn news_mail(
    kind: NewsKind,
    case: &CaseId,
    at: Timestamp,
    link: Option<&str>,
    zone: &Zone,
    phrases: &Phrases,
) -> PlainMail {
    let number = case.to_string();
    let at = phrases.short_instant(at, zone);
    let blanks = [("case", number.as_str()), ("at", at.as_str())];
    let subject = phrases.fill(&format!("news-{kind}"), &blanks);
    let mut lines = vec![phrases.fill(&format!("news-{kind}-means"), &blanks)];
    if let Some(link) = link {
        lines.push(link.to_owned());
    }
    lines.push(phrases.word("news-nothing-else"));
    PlainMail {
        subject,
        text: lines.join("\n\n") + "\n",
    }
}

/// That something lies behind an officer's sign-in.
#[must_use]
pub fn fetch_mail(provider: &str, link: &str, phrases: &Phrases) -> PlainMail {
    let blanks = [("provider", provider), ("link", link)];
    let mut lines = vec![
        phrases.fill("fetch-mail-lead", &blanks),
        link.to_owned(),
        phrases.word("fetch-mail-sign-in"),
    ];
    lines.push(phrases.fill("fetch-mail-from", &blanks));
    PlainMail {
        subject: phrases.fill("fetch-mail", &blanks),
        text: lines.join("\n\n") + "\n",
    }
}
