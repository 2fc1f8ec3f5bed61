/// Who a message is from, in the words that every provider shares.
public enum ChatRole: String, Sendable {
    case system
    case user
    case assistant
}
