/// The system prompt of a chat (contract/system-prompt.md 1 and 2).
enum SystemPrompt {
    /// What new workspaces start with when the administrator has set nothing else.
    static let builtIn = """
        You will be given the conversation so far, passages that may be relevant to it, and a follow-up question. Using \
        them, answer the question that the user is asking now. The current date and time is {datetime}. Return only the \
        answer to that question, and follow the instructions that the user gives about it.
        """
}
