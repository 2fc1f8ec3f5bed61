import Glibc

/// Turns a logit into a probability.
enum Logistic {
    static func value(_ logit: Double) -> Double { 1 / (1 + exp(-logit)) }
}
