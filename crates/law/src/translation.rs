use lagrum_model::Language;

use crate::LawError;
use crate::files::LawFiles;

/// One file of a pack's translations (`law/<pack>/sv.ftl`), in the form of Project Fluent: each
/// rule's, clock's and notice's sentence under its name with `_` for each full stop.
///
/// The law carries the text along and never reads it: no sentence decides a finding. What people
/// read is made of it elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Translation {
    /// In which language.
    pub language: Language,
    /// The file, as errors name it.
    pub path: String,
    /// Its text.
    pub text: String,
}

impl Translation {
    /// The translations of the packs that were compiled in, without reading the law itself.
    ///
    /// # Errors
    /// [`LawError`], if a file is named otherwise than after its language; a build whose own packs
    /// are refused is broken.
    pub fn embedded() -> Result<Vec<Self>, LawError> {
        let files = LawFiles::embedded()?;
        let mut all = Vec::new();
        for pack in files.packs() {
            for (language, path, text) in files.translations(pack) {
                all.push(Self::read(language, path, text)?);
            }
        }
        Ok(all)
    }

    pub(crate) fn read(language: &str, path: &str, text: &str) -> Result<Self, LawError> {
        let language = language
            .parse()
            .ok()
            .filter(|language| *language != Language::English)
            .ok_or_else(|| LawError::Facts {
                path: path.to_owned(),
                why: "the file is named after its language: sv.ftl or da.ftl".into(),
            })?;
        Ok(Self {
            language,
            path: path.to_owned(),
            text: text.to_owned(),
        })
    }
}
