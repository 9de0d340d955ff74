//! How pages look: the frame, and the parts that they are made of. One place for each thing.

mod clock;
mod frame;
mod parts;
mod passkeys;
mod signs;

pub(crate) use clock::{Moment, moment, near, remaining, runs, stamp};
pub(crate) use frame::{Frame, Tab, page, plain, up_to_99};
pub(crate) use parts::{
    Choice, Field, Note, answer_words, boxes, button, case_link, choices, document, field, lowered,
    note, past_tense, select, shape, status, text_area, upload_field,
};
pub(crate) use passkeys::{
    Making, answer_fields, forget, make, make_failed, sign_in_failed, sign_in_form, way_out,
};
pub(crate) use signs::sign;

/// A state of work: what it looks like, and what is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    ToDo,
    Waiting,
    Done,
    NotYet,
}
