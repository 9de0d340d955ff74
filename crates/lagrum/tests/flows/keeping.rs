//! Looking after the desk: copies that are made while it is at work and desks made of them, regions and people that
//! come and go.

mod backup;
mod loss;
mod people;
mod region;
