//! What people read, as it is rendered: looked at line by line, and held from then on.

mod due;
mod letters;
mod made;
mod order;
mod pages;
mod refusals;
mod said;
mod signing;
