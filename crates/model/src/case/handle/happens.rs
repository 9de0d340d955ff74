use crate::case::{EventKind, Refusal};

/// What a command makes happen: nothing, when it already happened.
pub(super) type Happens = Result<Option<EventKind>, Refusal>;
