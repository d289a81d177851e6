namespace Planlane.Models;

/// <summary>What went wrong between us and a model.</summary>
public enum ModelFault
{
    /// <summary>The key is missing, wrong or revoked.</summary>
    Authentication,

    /// <summary>The key may not do this.</summary>
    Permission,

    /// <summary>The account cannot pay.</summary>
    Billing,

    /// <summary>A spending limit of the account is reached: nothing works until someone raises it or the month ends.</summary>
    SpendLimit,

    /// <summary>Too many requests or tokens a minute.</summary>
    RateLimited,

    /// <summary>The vendor is overloaded.</summary>
    Overloaded,

    /// <summary>The vendor failed.</summary>
    ServerError,

    /// <summary>Something between us and the vendor answered instead: the page of a proxy.</summary>
    Gateway,

    /// <summary>The request met another one.</summary>
    Conflict,

    /// <summary>The request is not valid.</summary>
    BadRequest,

    /// <summary>No such model or address.</summary>
    NotFound,

    /// <summary>The request is larger than the vendor or the model takes.</summary>
    TooLarge,

    /// <summary>Nothing came for too long.</summary>
    Timeout,

    /// <summary>No connection, or it was reset.</summary>
    Network,

    /// <summary>The name of the vendor's host is not known to the network.</summary>
    UnknownHost,

    /// <summary>No connection that can be trusted: the TLS handshake failed.</summary>
    InsecureConnection,

    /// <summary>The answer ended before its end.</summary>
    CutStream,
}
