use crate::clock::{Calendar, ClockRule, Clocks};
use crate::files::{CLOCKS, LawFiles, NOTICE};
use crate::notice::{NoticeRule, Notices};
use crate::translation::Translation;
use crate::{Group, LawError};

/// What the packs say besides their rules: clocks, secrecy and notice, and their translations.
#[derive(Debug)]
pub(crate) struct Procedure {
    pub(crate) clocks: Clocks,
    pub(crate) notices: Notices,
    pub(crate) translations: Vec<Translation>,
}

impl Procedure {
    pub(crate) fn read(files: &LawFiles, groups: &[Group]) -> Result<Self, LawError> {
        let mut clocks = Vec::new();
        let mut notices = Vec::new();
        let mut translations = Vec::new();
        for pack in files.packs() {
            let path = format!("{pack}/{CLOCKS}");
            if let Some(text) = files.optional(&path) {
                clocks.extend(ClockRule::parse_all(pack, &path, text)?);
            }
            let path = format!("{pack}/{NOTICE}");
            if let Some(text) = files.optional(&path) {
                notices.extend(NoticeRule::parse_all(pack, &path, text)?);
            }
            for (language, path, text) in files.translations(pack) {
                translations.push(Translation::read(language, path, text)?);
            }
        }
        let calendars = files
            .calendars()
            .map(|(path, text)| Calendar::parse(path, text))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            clocks: Clocks::new(clocks, calendars, groups)?,
            notices: Notices::new(notices)?,
            translations,
        })
    }
}
