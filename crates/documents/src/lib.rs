//! Everything that people read, in English, Swedish and Danish: the page of a case, the list, the
//! assessment, the memo, the letters, the page to sign, the summary in a package, the explanation of a rule, and
//! why something is refused.
//!
//! **Invariant.** A document is made of facts alone, as a list of [`Block`]s; how it looks is
//! decided where it is shown: [`Document::to_text`] for a terminal or a text file,
//! [`Document::to_html`] for a browser. Nothing here reads a file or a clock, and nothing here
//! names a command or a button: what to do next in a program is said by that program.
//!
//! The sentences stand in `locales/`, in the form of Project Fluent; those of a rule in its law
//! pack. [`Texts`] puts both together; [`Phrases`] speaks one language. What comes from outside (a
//! demand, a name, a reference) is only ever a text in a block: it can neither rewrite a terminal
//! ([`sanitize_for_terminal`]) nor become markup.

mod applies;
mod assessment;
mod audit;
mod burden;
mod case;
mod clocks;
mod confirm;
mod counsel;
mod date;
mod demand;
mod diff;
mod done;
mod duty;
mod earlier;
mod explain;
mod fluent;
mod letter;
mod list;
mod memo;
mod names;
mod order;
mod outgoing;
mod own_letters;
mod phrases;
mod refusal;
mod review;
mod signing;
mod summary;
mod telling;
mod texts;
mod words;

pub use assessment::{answer_reason, assessment, event_reason};
pub use audit::audited_about;
pub use burden::burden_page;
pub use case::{CasePage, case_page, demand_page, described, happened, mandate_page, not_produced};
pub use clocks::{Due, clocks, clocks_in_full, due};
pub use confirm::{Confirmation, confirm_words};
pub use date::Zone;
pub use demand::identifier;
pub use diff::{Diff, law_diff};
pub use duty::{Outliving, duty, sender_warning};
pub use earlier::EarlierDemand;
pub use explain::{Explanation, Line, explain, provision};
pub use lagrum_blocks::{
    Block, Document, Field, Ink, Span, Style, Table, Text, sanitize_for_terminal, tied,
};
pub use lagrum_model::in_words;
pub use letter::{LetterFacts, letter, letter_kind, no_letter};
pub use list::{CaseRow, case_list};
pub use memo::{Memo, MemoCase, memo};
pub use names::Names;
pub use order::{OrderLine, order_answer, order_line, order_page};
pub use outgoing::{PlainMail, fetch_mail, news_mail};
pub use own_letters::letter_texts;
pub use phrases::{PackSaid, Phrases};
pub use refusal::{demand_error, refusal, signing_error};
pub use signing::{
    Difference, RecipientKnown, Signer, SigningError, SigningPage, Together, kept_there,
    signing_page,
};
pub use summary::{Provider, Summary, package_summary};
pub use telling::{may_tell, next_step};
pub use texts::{TextError, Texts};
pub use words::{fingerprint, fingerprint_of};

#[cfg(test)]
mod tests;
