//! One settings file in TOML, and the files that it names beside it.

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use crate::{FileError, read_secret, read_settings};

/// Why settings are not used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// A file cannot be read, or others can change it or read a secret.
    #[error(transparent)]
    File(#[from] FileError),
    /// The file is not what it should be.
    #[error("{}: {why}", path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// Which field, which rule, and the way out.
        why: String,
    },
}

/// A settings file while it is read: it names itself in what is wrong, and paths in it are relative to it.
#[derive(Clone, Copy, Debug)]
pub struct SettingsFile<'p> {
    path: &'p Path,
}

impl<'p> SettingsFile<'p> {
    /// Reads a settings file, and what its fields say. `None`: there is no such file.
    ///
    /// # Errors
    /// When it is there and cannot be used ([`read_settings`]), or its fields are not those of `T`.
    pub fn read<T: DeserializeOwned>(path: &'p Path) -> Result<Option<(Self, T)>, SettingsError> {
        if !path.exists() {
            return Ok(None);
        }
        let file = Self { path };
        let text = read_settings(path)?;
        let fields = toml::from_str(&text).map_err(|error| file.invalid(error.to_string()))?;
        Ok(Some((file, fields)))
    }

    /// What is wrong in it: which field, which rule, and the way out.
    #[must_use]
    pub fn invalid(&self, why: impl Into<String>) -> SettingsError {
        SettingsError::Invalid {
            path: self.path.to_owned(),
            why: why.into(),
        }
    }

    /// The secret in a file that it names, without the end of its line.
    ///
    /// # Errors
    /// As [`read_secret`].
    pub fn secret(&self, name: &Path) -> Result<Zeroizing<String>, SettingsError> {
        let secret = read_secret(&self.beside(name))?;
        Ok(Zeroizing::new(
            secret.trim_end_matches(['\r', '\n']).to_owned(),
        ))
    }

    /// The certificates (PEM) in a file that it names. Empty where it names none.
    ///
    /// # Errors
    /// As [`read_settings`].
    pub fn certificates(&self, name: Option<&PathBuf>) -> Result<Vec<u8>, SettingsError> {
        Ok(match name {
            Some(name) => read_settings(&self.beside(name))?.into_bytes(),
            None => vec![],
        })
    }

    fn beside(&self, name: &Path) -> PathBuf {
        self.path.parent().unwrap_or(Path::new("")).join(name)
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::disallowed_methods,
        reason = "a test's files are no account's data"
    )]

    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Fields {
        password_file: PathBuf,
        certificates: Option<PathBuf>,
    }

    fn written(text: &str) -> (tempfile::TempDir, PathBuf) {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("mailbox.toml");
        fs::write(&path, text).unwrap();
        (place, path)
    }

    #[test]
    fn what_a_settings_file_names_lies_beside_it() {
        let (place, path) = written("password_file = \"secret\"\ncertificates = \"ca.pem\"\n");
        let secret = place.path().join("secret");
        fs::write(&secret, "s3cret \r\n").unwrap();
        fs::set_permissions(&secret, PermissionsExt::from_mode(0o600)).unwrap();
        fs::write(place.path().join("ca.pem"), "PEM").unwrap();
        let (file, fields) = SettingsFile::read::<Fields>(&path).unwrap().unwrap();
        assert_eq!(*file.secret(&fields.password_file).unwrap(), "s3cret ");
        let certificates = file.certificates(fields.certificates.as_ref());
        assert_eq!(certificates.unwrap(), b"PEM");
        assert!(file.certificates(None).unwrap().is_empty());
        fs::set_permissions(&secret, PermissionsExt::from_mode(0o644)).unwrap();
        let others = file.secret(&fields.password_file);
        assert!(matches!(others, Err(SettingsError::File(_))));
    }

    #[test]
    fn no_file_is_no_settings_and_a_wrong_one_is_told_by_its_field() {
        let (place, path) = written("pasword_file = \"secret\"\n");
        let nowhere = place.path().join("none.toml");
        let none = SettingsFile::read::<Fields>(&nowhere);
        assert!(none.unwrap().is_none());
        let why = SettingsFile::read::<Fields>(&path).unwrap_err().to_string();
        assert!(
            why.contains("mailbox.toml: ") && why.contains("pasword_file"),
            "{why}"
        );
        fs::set_permissions(&path, PermissionsExt::from_mode(0o666)).unwrap();
        let others = SettingsFile::read::<Fields>(&path);
        assert!(matches!(others, Err(SettingsError::File(_))));
    }
}
