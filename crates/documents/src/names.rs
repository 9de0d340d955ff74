//! What those are called who stand in a case by their ids.

/// The names of people and groups of the desk. What has none is called by its id.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    /// A person's name by their id.
    pub person: &'a dyn Fn(&str) -> String,
    /// A group's name by its id.
    pub group: &'a dyn Fn(&str) -> String,
}

/// An id as it is.
const ID: fn(&str) -> String = str::to_owned;

impl Default for Names<'_> {
    fn default() -> Self {
        Self {
            person: &ID,
            group: &ID,
        }
    }
}
