//! `lagrum desk letter-texts`

use std::path::PathBuf;

use anyhow::Context as _;
use lagrum_documents::{Texts, letter_texts};
use lagrum_model::Language;

use crate::context::Context;
use crate::output::Failure;

/// Print the texts of letters, to write your own from; or look whether your own can be used
///
/// A file of your own needs the texts alone that it changes. Each has the same blanks as the one in its place, such as
/// { $day }. Name it in desk.toml: `texts = { sv = "letters.sv.ftl" }` in the table `letters`.
#[derive(clap::Args)]
pub struct LetterTexts {
    /// The language: en, sv or da
    language: Language,
    /// Look whether this file can be used
    file: Option<PathBuf>,
}

impl LetterTexts {
    /// Does it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let built_in = letter_texts(self.language);
        let Some(file) = self.file else {
            let json = serde_json::json!({"language": self.language, "texts": built_in});
            return context
                .output
                .show(&json, || built_in.trim_end().to_owned());
        };
        let shown = file.display().to_string();
        let text = lagrum_durable::read_settings(&file).with_context(|| shown.clone())?;
        Texts::built_in().with_letters(self.language, &shown, &text)?;
        let json = serde_json::json!({"language": self.language, "file": shown, "usable": true});
        context
            .output
            .show(&json, || format!("{shown}: can be used."))
    }
}
