//! What of a desk lies where in a copy of it.

use std::path::{Path, PathBuf};

use lagrum_desk::{DeskConfig, is_server};
use toml_edit::{DocumentMut, value};

use crate::{Place, SetupError};

/// Where each thing lies in a copy. What lies below the provider's own directory keeps its place; what settings
/// name elsewhere gets one, and the settings in the copy say so.
pub(crate) struct Layout {
    log: String,
    pub(crate) staging: String,
    pub(crate) database: String,
    pub(crate) master_key: String,
    pub(crate) packages: String,
    pub(crate) deliveries: String,
    /// What else is to be copied and does not lie in the desk's directory.
    pub(crate) besides: Vec<(PathBuf, String)>,
    /// Fields of desk.toml that say something else in the copy.
    moved: Vec<(&'static str, String)>,
}

impl Layout {
    pub(crate) fn of(at: &Place, config: &DeskConfig) -> Self {
        let mut moved = Vec::new();
        let mut place = |field: &'static str, path: &Path, else_at: &str| {
            within(at.dir(), path).unwrap_or_else(|| {
                let below = else_at.strip_prefix("desk/");
                let named = below.map_or_else(|| format!("../{else_at}"), str::to_owned);
                moved.push((field, named));
                else_at.to_owned()
            })
        };
        let database = match is_server(&config.database) {
            true => String::new(),
            false => place(
                "database",
                Path::new(&config.database),
                "desk/elsewhere/desk.sqlite",
            ),
        };
        let mut layout = Self {
            log: place("log", &config.log, "log"),
            staging: place("staging", &config.staging, "desk/elsewhere/staging"),
            database,
            master_key: place(
                "master_key",
                &config.master_key,
                "desk/elsewhere/master.key",
            ),
            packages: place("packages", &config.packages, "desk/elsewhere/packages"),
            deliveries: place("deliveries", &config.deliveries, "deliveries"),
            besides: Vec::new(),
            moved: Vec::new(),
        };
        place(
            "accounts_index",
            &config.accounts_index,
            "desk/elsewhere/accounts.sqlite",
        );
        let always = [
            ("log_key", Some(&config.log_key), "desk/elsewhere/log.key"),
            ("people", Some(&config.people), "desk/elsewhere/people.toml"),
            ("roster", Some(&config.roster), "desk/elsewhere/roster.toml"),
            (
                "directory",
                Some(&config.directory),
                "desk/elsewhere/directory.toml",
            ),
            (
                "authorities",
                Some(&config.authorities),
                "desk/elsewhere/authorities.toml",
            ),
            (
                "former",
                config.former.as_ref(),
                "desk/elsewhere/former.toml",
            ),
            (
                "log_policy",
                config.log_policy.as_ref(),
                "desk/elsewhere/log.policy",
            ),
            ("law", config.law.as_ref(), "desk/elsewhere/law"),
        ];
        for (field, path, else_at) in always {
            let Some(path) = path else { continue };
            let there = place(field, path, else_at);
            if !path.starts_with(at.desk()) {
                layout.besides.push((path.clone(), there));
            }
        }
        layout.moved = moved;
        layout
    }

    /// Where a file of the log lies.
    pub(crate) fn in_log(&self, place: &str) -> String {
        format!("{}/{place}", self.log)
    }

    /// Whether a file in the desk's directory is not copied with the others: it is copied in another way, can be
    /// made anew, or is about this disk alone.
    pub(crate) fn is_left_out(at: &Place, config: &DeskConfig, file: &Path) -> bool {
        let beside = |whole: &Path| {
            let (name, file) = (whole.to_string_lossy(), file.to_string_lossy());
            let rest = file.strip_prefix(&*name);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        let database = !is_server(&config.database) && beside(Path::new(&config.database));
        let directories = [
            &config.staging,
            &config.packages,
            &config.log,
            &config.deliveries,
        ];
        database
            || beside(&config.accounts_index)
            || *file == config.accounts_index.with_extension("lock")
            || *file == at.desk_file()
            || *file == config.master_key
            || config.check.backup.as_deref() == Some(file)
            || directories
                .into_iter()
                .any(|directory| file.starts_with(directory))
    }

    /// desk.toml as the copy has it.
    pub(crate) fn settings(&self, at: &Place) -> Result<String, SetupError> {
        let file = at.desk_file();
        let text = lagrum_durable::read_settings(&file)?;
        let mut settings = text
            .parse::<DocumentMut>()
            .map_err(|e| SetupError::Copy(format!("{}: {e}", file.display())))?;
        for (field, named) in &self.moved {
            settings[*field] = value(named.as_str());
        }
        Ok(settings.to_string())
    }
}

/// The path from a directory to what lies below it.
pub(crate) fn within(directory: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(directory).ok()?;
    below
        .to_str()
        .filter(|it| !it.is_empty())
        .map(str::to_owned)
}
