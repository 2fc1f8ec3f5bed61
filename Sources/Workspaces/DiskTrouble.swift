import Storage

/// Tells a disk that is full, or cannot be written for another reason, from faults of the server.
public enum DiskTrouble {
    public static func isCause(of error: any Error) -> Bool {
        error is SpooledFile.Failure || (error as? StorageError)?.code == .disk
    }
}
