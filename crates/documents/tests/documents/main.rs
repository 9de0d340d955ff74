//! What people read, as it is rendered: looked at line by line, and held from then on.

mod counsel;
mod decided;
mod due;
mod letters;
mod made;
mod order;
mod pages;
mod refusals;
mod reviews;
mod said;
mod signing;
