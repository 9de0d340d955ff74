//! All that a report says beside its tables, as a list of blocks.

use lagrum_blocks::{Block, Document, Field};

use crate::words::Words;
use crate::{Published, check, period};

pub(crate) fn notes(published: &Published<'_>, words: &Words) -> Document {
    let mut document = before(published, words);
    checked(&mut document, published, words);
    document
}

/// Its title.
pub(crate) fn title(published: &Published<'_>, words: &Words) -> String {
    let period = period::in_words(words, &published.period);
    (words.title)(published.provider, &period)
}

/// What is said before the tables: what they are, and how they are read.
pub(crate) fn before(published: &Published<'_>, words: &Words) -> Document {
    let mut document = Document::new(words.language, title(published, words));
    document.paragraph((words.lead)(published.provider));
    document.paragraph(check::view(published, words));
    document.section(words.how_given);
    for paragraph in check::given(published, words) {
        document.paragraph(free(paragraph));
    }
    document
}

/// What is said after them: what is corrected, how a stranger checks it all, and which report it is.
pub(crate) fn checked(document: &mut Document, published: &Published<'_>, words: &Words) {
    let said = &words.check;
    let bullets = |all: Vec<String>| all.into_iter().map(|one| vec![Block::paragraph(free(one))]);
    if !published.corrections.is_empty() {
        document.section(said.corrections);
        document.bullets(bullets(check::corrections(published, words)).collect());
    }
    let [verify, with_receipt] = check::commands(published);
    let command = |text| Block::Preformatted { text };
    document.section(said.heading);
    document.paragraph((said.why)(published.provider, &published.log_origin));
    document.blocks.push(command(verify));
    document.paragraph(said.what_is_what);
    document.paragraph(said.with_receipt);
    document.blocks.push(command(with_receipt));
    let heads = [said.shown, said.not_shown];
    for (head, all) in heads.into_iter().zip(check::shown(published, words)) {
        let all = all.into_iter().map(str::to_owned).collect();
        document.part(head);
        document.bullets(bullets(all).collect());
    }
    let files: String = check::checked_files(words)
        .map(|(before, file)| before + file)
        .collect();
    document.paragraph(format!("{}{files}{}", said.files.0, said.files.1));
    document.section(said.about);
    let facts = check::facts(published, words).into_iter();
    document.fields(
        facts
            .map(|(name, fact, _)| Field::new(name, fact))
            .collect(),
    );
}

/// Without the sign that forbids a browser to end a line: what is printed has its own way.
pub(crate) fn free(text: String) -> String {
    text.replace('\u{2060}', "")
}
