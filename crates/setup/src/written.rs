//! Settings that people wrote, changed by a command: what they wrote beside stays.

use std::path::{Path, PathBuf};

use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, value};

use crate::SetupError;

/// A settings file while it is changed.
pub(crate) struct Written {
    file: PathBuf,
    settings: DocumentMut,
}

impl Written {
    /// Reads it.
    pub(crate) fn read(file: &Path) -> Result<Self, SetupError> {
        let text = lagrum_durable::read_settings(file)?;
        Self::of(file, &text)
    }

    /// Reads it; if it is not there, it is to say this.
    pub(crate) fn read_or(file: &Path, says: &str) -> Result<Self, SetupError> {
        match file.exists() {
            true => Self::read(file),
            false => Self::of(file, says),
        }
    }

    fn of(file: &Path, text: &str) -> Result<Self, SetupError> {
        let settings = text
            .parse::<DocumentMut>()
            .map_err(|e| SetupError::Settings(format!("{}: {e}", file.display())))?;
        Ok(Self {
            file: file.to_owned(),
            settings,
        })
    }

    /// Adds tables at the end: `tables` is the text of `[[name]]` tables.
    pub(crate) fn add(&mut self, name: &str, tables: &str) -> Result<(), SetupError> {
        let new = tables.parse::<DocumentMut>();
        let new = new.map_err(|e| self.wrong(&e.to_string()))?;
        let new = new.get(name).and_then(Item::as_array_of_tables).cloned();
        let empty = self
            .settings
            .get(name)
            .is_none_or(|it| it.as_array().is_some_and(Array::is_empty));
        if empty {
            self.settings.remove(name);
            self.settings
                .insert(name, Item::ArrayOfTables(ArrayOfTables::new()));
        }
        // Behind all that is there, whatever was written between.
        let last = last_position(&self.settings);
        let there = self.tables(name)?;
        for (number, mut table) in (1..).zip(new.into_iter().flatten()) {
            table.set_position(Some(last + number));
            table.decor_mut().set_prefix("\n");
            there.push(table);
        }
        Ok(())
    }

    /// Takes out the tables `[[name]]` for which `which` holds, and gives them as text.
    pub(crate) fn take(
        &mut self,
        name: &str,
        which: impl Fn(&Table) -> bool,
    ) -> Result<String, SetupError> {
        let mut taken = String::new();
        if self.settings.get(name).is_none() {
            return Ok(taken);
        }
        let there = self.tables(name)?;
        let all = std::mem::replace(there, ArrayOfTables::new());
        // A remark that stands apart is about what follows, too; one right above a table goes with it.
        let mut apart = String::new();
        for mut table in all {
            let prefix = table.decor().prefix().and_then(|it| it.as_str());
            let prefix = prefix.unwrap_or_default().to_owned();
            if which(&table) {
                if let Some((remark, _)) = prefix.rsplit_once("\n\n") {
                    apart.push_str(remark.trim_end());
                }
                taken.push_str(&format!("\n[[{name}]]\n{table}"));
                continue;
            }
            if !apart.trim().is_empty() {
                let above = format!("{}\n\n{}", apart, prefix.trim_start());
                table.decor_mut().set_prefix(above);
            }
            apart.clear();
            there.push(table);
        }
        if !apart.trim().is_empty() {
            let end = self.settings.trailing().as_str().unwrap_or_default();
            let end = format!("{apart}\n{end}");
            self.settings.set_trailing(end);
        }
        Ok(taken)
    }

    /// Takes a text out of the lists `field` of the tables `[[name]]`.
    pub(crate) fn take_from_lists(
        &mut self,
        name: &str,
        field: &str,
        text: &str,
    ) -> Result<(), SetupError> {
        if self.settings.get(name).is_none() {
            return Ok(());
        }
        for table in self.tables(name)?.iter_mut() {
            if let Some(list) = table.get_mut(field).and_then(Item::as_array_mut) {
                list.retain(|one| one.as_str() != Some(text));
            }
        }
        Ok(())
    }

    /// Says something else, or something new, before all tables.
    pub(crate) fn set(&mut self, field: &str, says: &str) {
        self.settings[field] = value(says);
    }

    /// What it says now.
    pub(crate) fn text(&self) -> String {
        self.settings.to_string()
    }

    /// Writes it, if what it says was read again and is right.
    pub(crate) fn save<T>(
        &self,
        right: impl FnOnce(&str) -> Result<T, String>,
    ) -> Result<T, SetupError> {
        let checked = self.check(right)?;
        lagrum_durable::replace(&self.file, self.text().as_bytes())?;
        Ok(checked)
    }

    /// Whether what it says now is right.
    pub(crate) fn check<T>(
        &self,
        right: impl FnOnce(&str) -> Result<T, String>,
    ) -> Result<T, SetupError> {
        right(&self.text()).map_err(|why| self.wrong(&why))
    }

    fn tables(&mut self, name: &str) -> Result<&mut ArrayOfTables, SetupError> {
        let wrong = format!(
            "{}: write [[{name}]] tables; what stands there in another form no command changes",
            self.file.display()
        );
        let item = self.settings.get_mut(name);
        item.and_then(Item::as_array_of_tables_mut)
            .ok_or(SetupError::Settings(wrong))
    }

    fn wrong(&self, why: &str) -> SetupError {
        SetupError::Settings(format!("{}: {}", self.file.display(), why.trim()))
    }
}

/// The place of the last table of a document.
fn last_position(settings: &DocumentMut) -> isize {
    fn of(table: &Table) -> isize {
        let below = table.iter().map(|(_, item)| match item {
            Item::Table(table) => of(table),
            Item::ArrayOfTables(tables) => tables.iter().map(of).max().unwrap_or_default(),
            _ => 0,
        });
        below.chain(table.position()).max().unwrap_or_default()
    }
    of(settings.as_table())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# why so\nname = \"x\"  # beside\n\n[[agent]]\nregion = \"a\"\n\n[check]\n# a word\nhours = 1\n";

    fn written(text: &str) -> Written {
        Written::of(Path::new("x.toml"), text).unwrap()
    }

    #[test]
    fn what_is_added_stands_at_the_end_and_what_people_wrote_stays() {
        let mut it = written(TEXT);
        it.add("agent", "[[agent]]\nregion = \"b\"\n").unwrap();
        assert_eq!(it.text(), format!("{TEXT}\n[[agent]]\nregion = \"b\"\n"));
        it.add("place", "[[place]]\nregion = \"c\"\n").unwrap();
        assert!(it.text().ends_with("\n[[place]]\nregion = \"c\"\n"));
        it.set("former", "former.toml");
        let read: toml::Table = toml::from_str(&it.text()).unwrap();
        assert_eq!(read["former"].as_str(), Some("former.toml"));
        assert_eq!(read["agent"].as_array().unwrap().len(), 2);
        assert!(it.text().starts_with("# why so\n"));
    }

    #[test]
    fn what_is_taken_out_is_given_and_the_rest_stays() {
        let mut it = written(&format!("{TEXT}\n[[agent]]\nregion = \"b\" # two\n"));
        let of = |name: &'static str| move |table: &Table| table["region"].as_str() == Some(name);
        let taken = it.take("agent", of("b")).unwrap();
        assert_eq!(taken, "\n[[agent]]\nregion = \"b\" # two\n");
        assert_eq!(it.text(), TEXT);
        assert_eq!(it.take("agent", of("z")).unwrap(), "");
        assert_eq!(it.take("none", of("z")).unwrap(), "");
        // The head of a file stands above its first table.
        let head = "# what the file is\n\n";
        let both = "# about a\n[[agent]]\nregion = \"a\"\n\n[[agent]]\nregion = \"b\"\n";
        let mut it = written(&format!("{head}{both}"));
        it.take("agent", of("a")).unwrap();
        assert_eq!(it.text(), format!("{head}[[agent]]\nregion = \"b\"\n"));
        it.take("agent", of("b")).unwrap();
        assert_eq!(it.text(), "# what the file is\n");
    }

    #[test]
    fn tables_in_another_form_are_left_to_people() {
        let mut it = written("agent = [{ region = \"a\" }]\n");
        let why = it.add("agent", "[[agent]]\nregion = \"b\"\n").unwrap_err();
        assert!(why.to_string().contains("[[agent]]"), "{why}");
        // A list without anything in it, as a provider without regions has it, gives way.
        let mut it = written("agent = []\n");
        it.add("agent", "[[agent]]\nregion = \"b\"\n").unwrap();
        assert_eq!(it.text(), "\n[[agent]]\nregion = \"b\"\n");
    }
}
